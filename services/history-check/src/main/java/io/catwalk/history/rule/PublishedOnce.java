package io.catwalk.history.rule;

import java.util.Optional;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.history.snapshot.JobStand.Publishing;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/** What an evaluation announces as published is the version that it gave its candidate, once, and that version's manifest is stored. */
public final class PublishedOnce implements Rule<JobSnapshot> {
    private static final String NEXT =
            "restore the evaluation's journal from the bucket's backup; do not promote the version before that";

    private final BiFunction<Name, Long, Optional<String>> manifests;

    /** @param manifests the digest of a model's manifest of a version */
    public PublishedOnce(BiFunction<Name, Long, Optional<String>> manifests) {
        this.manifests = manifests;
    }

    @Override
    public String name() {
        return "published-once";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        if (job.kind() != JobKind.EVALUATION) {
            return;
        }
        Optional<Publishing> given = job.journal().newest().map(JobStand::of).flatMap(JobStand::publishing);
        long announced = 0;
        for (Numbered entry : job.journal().entries()) {
            Optional<JsonNode> published = EventsSnapshot.promised(entry)
                    .filter(event -> event.type().equals("model-published"))
                    .map(event -> event.body());
            if (published.isEmpty()) {
                continue;
            }
            announced++;
            Publishing told = new Publishing(
                    published.get().path("model").asText(),
                    published.get().path("version").asLong(),
                    published.get().path("manifestDigest").asText());
            if (!given.equals(Optional.of(told)) || announced > 1) {
                finder.find(
                        entry.eventId(),
                        "one model-published, of " + given.map(Object::toString).orElse("nothing"),
                        "number " + announced + ", of " + told,
                        NEXT);
            } else if (Name.isValid(told.model())) {
                String stored =
                        manifests.apply(new Name(told.model()), told.version()).orElse("none");
                if (!stored.equals(told.manifestDigest())) {
                    finder.find(
                            entry.eventId(),
                            "models/%s/versions/%d.json with digest %s"
                                    .formatted(told.model(), told.version(), told.manifestDigest()),
                            stored,
                            NEXT);
                }
            }
        }
    }
}
