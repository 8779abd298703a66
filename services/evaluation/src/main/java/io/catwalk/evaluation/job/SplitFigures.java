package io.catwalk.evaluation.job;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.scoring.ClassMetrics;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.Tally;

/**
 * A candidate's metrics on one split, as in the journal.
 *
 * @param loss mean cross entropy in nats
 * @param accuracy 0 to 1
 * @param macroPrecision the unweighted mean over the classes that aren't empty, as the next two
 * @param emptyClasses the numbers of those that neither occur nor were predicted; absent in entries of older releases
 */
public record SplitFigures(
        Tally tally,
        double loss,
        double accuracy,
        double macroPrecision,
        double macroRecall,
        double macroF1,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Integer> emptyClasses) {
    public SplitFigures {
        emptyClasses = List.copyOf(emptyClasses);
    }

    static SplitFigures of(SplitScore score) {
        ClassMetrics macro = score.classification().macroAverage();
        return new SplitFigures(
                score.tally(),
                score.loss(),
                score.accuracy(),
                macro.precision(),
                macro.recall(),
                macro.f1(),
                score.classification().emptyClasses());
    }

    VersionManifest.Figures forManifest() {
        return new VersionManifest.Figures(tally.count(), loss, accuracy);
    }
}
