package io.catwalk.evaluation.rollout.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.catwalk.journal.job.LeaseEndedException;

/** A log in memory. */
public final class WrittenLog implements LoggedRequests {
    private final List<LoggedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Wanted> looks = new CopyOnWriteArrayList<>();
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean silent;

    public void write(List<LoggedRequest> more) {
        requests.addAll(more);
    }

    /** It can't be read from now on. */
    public void fail(String reason) {
        failure = Optional.of(reason);
    }

    /** It gives no answer for as long as that holds. */
    public void silent(boolean holds) {
        silent = holds;
    }

    /** What was asked for. */
    public List<Wanted> looks() {
        return looks;
    }

    @Override
    public Found newest(Wanted wanted, Progress progress)
            throws UnreadableLogException, LeaseEndedException, InterruptedException {
        looks.add(wanted);
        while (silent) {
            progress.made();
            Thread.sleep(1);
        }
        if (failure.isPresent()) {
            throw new UnreadableLogException(failure.get());
        }
        List<LoggedRequest> newest =
                requests.reversed().stream().limit(wanted.most()).toList();
        return new Found(newest, Map.of(PassedOver.DAMAGED, 3L), Map.of(0, new Offsets(0, requests.size())));
    }
}
