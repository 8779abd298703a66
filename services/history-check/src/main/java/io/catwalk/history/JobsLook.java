package io.catwalk.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import io.catwalk.history.content.NamedContent;
import io.catwalk.history.snapshot.BucketReader.KindNames;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.history.snapshot.MarkerSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;

/** Looks at jobs, with their events and requests. */
final class JobsLook {
    private final LookContext context;
    private final EventsLook events;
    private final RequestsLook requests;
    private final NamedContent named;
    private final AtomicLong open = new AtomicLong();

    JobsLook(LookContext context, EventsLook events, RequestsLook requests, NamedContent named) {
        this.context = context;
        this.events = events;
        this.requests = requests;
        this.named = named;
    }

    /** @return the records of the events of decision journals, by these */
    Map<String, List<TopicRecord>> check() throws InterruptedException {
        List<KindNames> kinds = new ArrayList<>();
        for (JobKind kind : JobKind.values()) {
            kinds.add(context.bucket().names(kind));
        }
        kinds.forEach(this::checkNames);
        context.progress()
                .begin(
                        "reading journals",
                        kinds.stream().mapToLong(kind -> kind.ids().size()).sum());
        Map<String, List<TopicRecord>> ofDecisions = new HashMap<>();
        for (int bucket = 0; bucket < context.topics().buckets(); bucket++) {
            check(kinds, bucket, ofDecisions);
        }
        return ofDecisions;
    }

    /** How many aren't closed. */
    long open() {
        return open.get();
    }

    private void check(List<KindNames> kinds, int bucket, Map<String, List<TopicRecord>> ofDecisions)
            throws InterruptedException {
        Map<String, List<TopicRecord>> eventsHere = context.topics().events(bucket);
        Map<String, List<TopicRecord>> requestsHere = context.topics().requests(bucket);
        List<Callable<Void>> tasks = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (KindNames kind : kinds) {
            for (Name id : kind.ids()) {
                String unit = kind.kind().folder() + "/" + id;
                if (context.topics().bucketOf(unit) == bucket && context.units().test(unit)) {
                    known.add(unit);
                    tasks.add(() -> {
                        JobSnapshot job = context.bucket().job(id, kind);
                        check(job, eventsHere.getOrDefault(unit, List.of()));
                        requests.check(requestsHere.getOrDefault(unit, List.of()), job);
                        context.progress().advance(1);
                        return null;
                    });
                }
            }
        }
        context.readers().runAll(tasks);
        eventsHere.keySet().removeAll(known);
        requestsHere.keySet().removeAll(known);
        eventsHere.forEach((unit, records) -> {
            if (unit.startsWith("datasets/") || unit.startsWith("models/")) {
                ofDecisions.put(unit, records);
            } else {
                events.checkWithoutJournal(unit, records);
            }
        });
        requestsHere.values().forEach(requests::checkWithoutJob);
    }

    private void check(JobSnapshot job, List<TopicRecord> records) throws InterruptedException {
        String unit = job.unit();
        Optional<Numbered> newest = job.journal().newest();
        newest.ifPresent(entry -> context.stands().put(unit, JobStand.of(entry)));
        if (!job.isClosed() && !job.isOnlyCancelled()) {
            open.incrementAndGet();
        }
        context.apply(context.rules().journals(), unit, job.journal());
        context.apply(context.rules().jobs(), unit, job);
        long published = newest.map(entry -> entry.entry().published()).orElse(0L);
        events.check(unit, job.journal(), entry -> job.isClosed() || entry.number() <= published, records);
        named.add(unit, job.journal());
        named.addCheckpoints(job);
    }

    private void checkNames(KindNames names) {
        names.markers()
                .forEach(name -> check(names, Artifacts.open(names.kind()).key(name), name));
        names.closed()
                .forEach(name -> check(names, Artifacts.closed(names.kind()).key(name), name));
        names.places().forEach((id, places) -> places.forEach(place -> check(names, key(names.kind(), place), id)));
    }

    private void check(KindNames names, ObjectKey key, String name) {
        String unit = names.kind().folder() + "/" + name;
        if (context.units().test(unit)) {
            boolean hasJournal = Name.isValid(name) && names.ids().contains(new Name(name));
            context.apply(
                    context.rules().markers(), unit, new MarkerSnapshot(names.kind(), key.path(), name, hasJournal));
        }
    }

    /** Without its day. */
    private static ObjectKey key(JobKind kind, JobPlace place) {
        return new ObjectKey(Artifacts.acceptedDays(kind) + "…/" + place.token());
    }
}
