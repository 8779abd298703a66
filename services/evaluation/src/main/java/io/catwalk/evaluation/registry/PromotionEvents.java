package io.catwalk.evaluation.registry;

import java.time.Instant;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Name;

/** The event of a promotion, whatever its cause. */
public final class PromotionEvents {
    private PromotionEvents() {}

    /**
     * @param cause as {@code evaluations/r1}
     * @param entry the decision's number in the label journal
     * @throws IllegalArgumentException for a refusal
     */
    public static Event promoted(
            Name model, Name label, String cause, LabelDecision decision, long entry, Instant time) {
        LabelDecision.Target target = decision.label()
                .filter(unused -> decision.promotes())
                .orElseThrow(() -> new IllegalArgumentException("no promotion: " + decision));
        ModelPromoted.Builder promoted = ModelPromoted.newBuilder()
                .setModel(model.value())
                .setLabel(label.value())
                .setVersion(target.version())
                .setPreviousVersion(
                        decision.before().map(LabelDecision.Target::version).orElse(0L))
                .setModelDigest(target.modelDigest())
                .setCause(cause)
                .setEntry(entry);
        decision.weight().ifPresent(promoted::setWeight);
        return JournalEvents.of(EventType.MODEL_PROMOTED, time, promoted.build());
    }
}
