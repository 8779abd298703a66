package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.journal.Asker;
import io.catwalk.journal.decision.DecisionEntry;

/**
 * A model.
 *
 * @param versions the numbers of its manifests
 */
public record ModelAnswer(String model, List<Long> versions, List<Label> labels) {

    /**
     * @param target where it points
     * @param history its journal's entries, oldest first
     * @param unreadable why the journal can't be read
     */
    public record Label(
            String label, Optional<Target> target, List<HistoryEntry> history, Optional<String> unreadable) {
        static Label of(String label, List<DecisionEntry> history) {
            return new Label(
                    label,
                    LabelDecision.target(history),
                    history.stream().map(HistoryEntry::of).toList(),
                    Optional.empty());
        }

        static Label unreadable(String label, String reason) {
            return new Label(label, Optional.empty(), List.of(), Optional.of(reason));
        }
    }

    /**
     * @param cause as {@code evaluations/r1}
     * @param askedBy who asked for it, where the cause is a promotion; other causes are jobs, which say so
     */
    public record HistoryEntry(long entry, String cause, LabelDecision decision, Optional<Asker> askedBy) {
        static HistoryEntry of(DecisionEntry entry) {
            return new HistoryEntry(entry.number(), entry.cause(), LabelDecision.of(entry), entry.askedBy());
        }
    }
}
