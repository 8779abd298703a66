package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.events.request.DatasetReference;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/** What a dataset's line says to a run that wants it. */
sealed interface DatasetChoice {
    /** This content. */
    record Pinned(Digest manifest) implements DatasetChoice {}

    /** Nothing yet. */
    record NotYet(String reason) implements DatasetChoice {}

    /** It was refused. */
    record Rejected(String reason) implements DatasetChoice {}

    /** Reads the line's newest entry; for a reference to one content, whether any entry made it ready. */
    static DatasetChoice of(DatasetReference reference, DatasetStore datasets) {
        Name name = new Name(reference.name());
        return reference
                .digest()
                .map(digest -> exactly(
                        digest,
                        reference,
                        datasets.line(name).entries().stream()
                                .map(entry -> entry.decision(DatasetDecision.class))
                                .anyMatch(decision -> decision.digest().equals(Optional.of(digest)))))
                .orElseGet(() -> newest(reference, datasets));
    }

    private static DatasetChoice exactly(String digest, DatasetReference reference, boolean known) {
        return known ? new Pinned(Digest.parse(digest)) : new NotYet("dataset " + reference + " was never ingested");
    }

    private static DatasetChoice newest(DatasetReference reference, DatasetStore datasets) {
        return datasets.newest(new Name(reference.name()))
                .map(entry -> entry.decision(DatasetDecision.class))
                .map(decision -> decided(reference, decision))
                .orElseGet(() -> new NotYet("dataset " + reference + " isn't ingested yet"));
    }

    private static DatasetChoice decided(DatasetReference reference, DatasetDecision decision) {
        return decision.digest()
                .<DatasetChoice>map(digest -> new Pinned(Digest.parse(digest)))
                .orElseGet(() -> new Rejected("dataset " + reference + " was rejected: " + decision.reason()));
    }
}
