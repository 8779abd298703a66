package io.catwalk.evaluation.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionEvents;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.registry.VersionManifest.Digests;
import io.catwalk.evaluation.registry.VersionManifest.Figures;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/** Versions of a model as evaluations would have published them, the last of them stable. */
public final class PublishedVersions {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private PublishedVersions() {}

    public static void publish(Registry registry, Name model, long version) throws InterruptedException {
        publish(registry, manifest(model, version));
    }

    public static void publish(Registry registry, VersionManifest manifest) throws InterruptedException {
        registry.create(manifest);
        point(
                registry,
                new Name(manifest.model()),
                Registry.STABLE,
                "evaluations/r" + manifest.version(),
                manifest.target());
    }

    /** Moves a label, as an evaluation or a promotion does. */
    public static DecisionEntry point(Registry registry, Name model, Name label, String cause, long version)
            throws InterruptedException {
        return point(registry, model, label, cause, manifest(model, version).target());
    }

    /** Moves a label, as an evaluation or a promotion does. */
    public static DecisionEntry point(Registry registry, Name model, Name label, String cause, Target target)
            throws InterruptedException {
        return registry.labelJournal(model, label).put(cause, (soFar, number) -> {
            LabelDecision decision = LabelDecision.promoted(soFar, target, "requested");
            return new Decider.Decision(
                    decision, Optional.of(PromotionEvents.promoted(model, label, cause, decision, number, NOW)));
        });
    }

    public static VersionManifest manifest(Name model, long version) {
        return manifest(model, version, Optional.empty());
    }

    /** @param onnx of its export */
    public static VersionManifest manifest(Name model, long version, Optional<Digest> onnx) {
        String digest = Digest.of(new byte[] {(byte) version}).toString();
        return new VersionManifest(
                VersionManifest.SCHEMA,
                model.value(),
                version,
                "r" + version,
                "clothes",
                new Digests(
                        digest, digest, digest, digest, onnx.map(Digest::toString), Optional.empty(), digest, digest),
                "tutorial-cnn",
                42,
                List.of(28, 28, 1),
                List.of("shirt", "shoe"),
                new Figures(10, 0.3, 0.9),
                new Figures(10, 0.3, 0.9));
    }
}
