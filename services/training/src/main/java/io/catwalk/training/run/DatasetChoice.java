package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.events.request.DatasetReference;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/** The content that a request's dataset means, as the dataset's decision journal says. */
public final class DatasetChoice {
    private DatasetChoice() {}

    /** Reads the journal's newest entry; for a reference to one content, whether any entry made it ready. */
    public static Choice<Digest> of(DatasetReference reference, DatasetStore datasets) {
        Name name = new Name(reference.name());
        return reference
                .digest()
                .map(digest -> exactly(
                        digest,
                        reference,
                        datasets.journal(name).entries().stream()
                                .map(entry -> entry.decision(DatasetDecision.class))
                                .anyMatch(decision -> decision.digest().equals(Optional.of(digest)))))
                .orElseGet(() -> newest(reference, datasets));
    }

    private static Choice<Digest> exactly(String digest, DatasetReference reference, boolean known) {
        return known
                ? new Choice.Pinned<>(Digest.parse(digest))
                : new Choice.NotYet<>("dataset " + reference + " was never ingested");
    }

    private static Choice<Digest> newest(DatasetReference reference, DatasetStore datasets) {
        return datasets.newest(new Name(reference.name()))
                .map(entry -> entry.decision(DatasetDecision.class))
                .map(decision -> decided(reference, decision))
                .orElseGet(() -> new Choice.NotYet<>("dataset " + reference + " isn't ingested yet"));
    }

    private static Choice<Digest> decided(DatasetReference reference, DatasetDecision decision) {
        return decision.digest()
                .<Choice<Digest>>map(digest -> new Choice.Pinned<>(Digest.parse(digest)))
                .orElseGet(() -> new Choice.Rejected<>("dataset " + reference + " was rejected: " + decision.reason()));
    }
}
