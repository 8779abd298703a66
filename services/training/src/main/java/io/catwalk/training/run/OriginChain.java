package io.catwalk.training.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Name;

/**
 * The runs that a run waits for by continueFrom or resumeFrom: the one that it names, the one that this one names, and so on. A
 * chain that comes back to its run can never end. Chains are followed through requests alone, which never change, so all runs of
 * a cycle are found in it however the others ended.
 */
final class OriginChain {
    /** The most runs that may wait for one another in a row. */
    static final int MAX_LENGTH = 1000;

    private static final int KNOWN_REQUESTS = 10_000;
    private static final int SHOWN = 8;

    private final Function<Name, Optional<Job>> runs;
    private final Map<Name, Optional<Name>> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Optional<Name>> eldest) {
            return size() > KNOWN_REQUESTS;
        }
    });

    /** @param runs by their ids */
    OriginChain(Function<Name, Optional<Job>> runs) {
        this.runs = runs;
    }

    /**
     * Refuses a run that would wait for itself.
     *
     * @throws UnmeetableRequestException naming the chain when it comes back to its run, or is longer than {@link #MAX_LENGTH}
     */
    void requireEnd(TrainingRequest request) {
        Optional<Name> origin = origin(request);
        if (origin.isEmpty()) {
            return;
        }
        Name self = new Name(request.runId());
        if (origin.get().equals(self)) {
            throw refused(request, self, "must be another run");
        }
        SequencedSet<Name> chain = follow(self, origin.get());
        if (chain.size() > MAX_LENGTH) {
            // What is known may be of runs that have begun since.
            known.clear();
            chain = follow(self, origin.get());
        }
        if (chain.contains(self)) {
            throw refused(request, origin.get(), "must not wait for this run itself: " + shown(self, chain));
        }
        if (chain.size() > MAX_LENGTH) {
            throw refused(
                    request,
                    origin.get(),
                    "must not wait for more than %d runs: %s".formatted(MAX_LENGTH, shown(self, chain)));
        }
    }

    /** From a run's origin on, up to the run itself, to one that is in the chain already, or to the longest chain's end. */
    private SequencedSet<Name> follow(Name self, Name origin) {
        SequencedSet<Name> chain = new LinkedHashSet<>();
        Optional<Name> next = Optional.of(origin);
        while (next.isPresent() && chain.size() <= MAX_LENGTH && chain.add(next.get())) {
            next = next.get().equals(self) ? Optional.empty() : originOf(next.get());
        }
        return chain;
    }

    /** What a run waits for before it can begin; empty for one that has begun, isn't requested yet or can't be read. */
    private Optional<Name> originOf(Name run) {
        Optional<Name> remembered = known.get(run);
        if (remembered != null) {
            return remembered;
        }
        Optional<Job> requested =
                runs.apply(run).filter(job -> job.fold().request().isPresent());
        Optional<Name> origin = requested.flatMap(OriginChain::awaited);
        requested.ifPresent(job -> known.put(run, origin));
        return origin;
    }

    private static Optional<Name> awaited(Job job) {
        return Reading.of(() -> hasBegun(job)
                        ? Optional.<Name>empty()
                        : RunRequests.of(job).flatMap(OriginChain::origin))
                .orElse(unreadable -> Optional.empty());
    }

    private static boolean hasBegun(Job job) {
        return RunState.of(job).isPresent() || job.fold().result().equals(Optional.of(JobResult.succeeded()));
    }

    private static Optional<Name> origin(TrainingRequest request) {
        return request.resumeFrom().or(request::continueFrom).map(Name::new);
    }

    private static UnmeetableRequestException refused(TrainingRequest request, Name origin, String expectation) {
        String field = request.resumeFrom().isPresent() ? "resumeFrom" : "continueFrom";
        return new UnmeetableRequestException("%s is %s, %s".formatted(field, origin, expectation));
    }

    /** The chain with its run before it; a long one without its middle. */
    private static String shown(Name self, SequencedSet<Name> chain) {
        List<String> names = new ArrayList<>(
                Stream.concat(Stream.of(self), chain.stream()).map(Name::value).toList());
        if (names.size() > SHOWN) {
            List<String> middle = names.subList(SHOWN / 2, names.size() - SHOWN / 2);
            String left = "(%d more)".formatted(middle.size());
            middle.clear();
            names.add(SHOWN / 2, left);
        }
        return String.join(" -> ", names);
    }
}
