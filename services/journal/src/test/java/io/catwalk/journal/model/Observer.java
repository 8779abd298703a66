package io.catwalk.journal.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Journal;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;

/** Reads what real processes have written, in the model's terms. */
final class Observer {
    private static final JobKind KIND = JobKind.RUN;
    private static final Name ID = ReplayedProcess.ID;
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ObjectStore store;
    private final Broker broker;
    private final Journal journal;
    private final List<byte[]> contents = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    Observer(ObjectStore store, Broker broker) {
        this.store = store;
        this.broker = broker;
        this.journal = new Journal(store, Artifacts.journal(KIND, ID), "observer", new Retry(SHORT, SHORT));
    }

    /** @throws AssertionError where an entry has changed or is missing, or an event contradicts its first publishing */
    Observation now() {
        for (int number = 1; number <= entries.size(); number++) {
            require(Arrays.equals(content(number), contents.get(number - 1)), "entry " + number + " has changed");
        }
        for (Numbered entry : journal.after(entries.size())) {
            entries.add(entry(entry));
            contents.add(content(entry.number()));
        }
        require(store.list(journal.folder()).size() == entries.size(), "an entry stands behind a gap");
        require(!broker.isContradicted(), "an event was published again with other content");
        Bucket bucket = new Bucket(
                List.copyOf(entries),
                store.exists(Artifacts.open(KIND).key(ID.value())),
                !store.list(Artifacts.acceptedDays(KIND)).isEmpty(),
                store.exists(Artifacts.closed(KIND).key(ID.value())));
        return new Observation(bucket, broker.numbers());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private byte[] content(long number) {
        return store.read(journal.folder().key("%08d.json".formatted(number)), Integer.MAX_VALUE)
                .orElseThrow()
                .content();
    }

    private Entry entry(Numbered numbered) {
        io.catwalk.journal.Entry entry = numbered.entry();
        return new Entry(
                entry.kind(),
                ReplayedProcess.writer(entry.writer()),
                entry.event().isPresent(),
                newestEvent(entry.published()),
                fold(entry.fold()));
    }

    private static Fold fold(JsonNode fold) {
        JsonNode holder = fold.path("holder");
        return new Fold(
                fold.hasNonNull("request"),
                holder.path("claimed").asInt(),
                holder.has("writer")
                        ? ReplayedProcess.writer(holder.path("writer").asText())
                        : 0,
                fold.hasNonNull("cancelled"),
                Optional.of(fold.path("result").path("outcome").asText())
                        .filter(outcome -> !outcome.isEmpty())
                        .map(outcome -> Outcome.valueOf(outcome.toUpperCase(Locale.ROOT))),
                fold.path("state").asInt(),
                fold.path("lost").asInt());
    }

    /** Entries without an event count as published when it is their turn; the model keeps the last with one. */
    private int newestEvent(long published) {
        int number = (int) published;
        while (number > 0 && !entries.get(number - 1).event()) {
            number--;
        }
        return number;
    }
}
