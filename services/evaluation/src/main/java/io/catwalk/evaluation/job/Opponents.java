package io.catwalk.evaluation.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.evaluation.gate.Champion;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.scoring.SplitImages;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.UnusablePredictionsException;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;

/** Scores the version that the label points at on the candidate's validation split. */
final class Opponents {
    private final Attempt attempt;
    private final Map<Long, Opponent> scored = new HashMap<>();

    Opponents(Attempt attempt) {
        this.attempt = attempt;
        attempt.state()
                .findings()
                .map(Findings::opponent)
                .ifPresent(opponent -> scored.put(opponent.version(), opponent));
    }

    /** @param target the label's version */
    Opponent at(Optional<Target> target) throws JobFailedException, LeaseEndedException, InterruptedException {
        if (target.isEmpty()) {
            return new Opponent.None();
        }
        Opponent known = scored.get(target.get().version());
        if (known != null) {
            return known;
        }
        Opponent opponent = score(target.get());
        scored.put(opponent.version(), opponent);
        return opponent;
    }

    private Opponent score(Target target) throws JobFailedException, LeaseEndedException, InterruptedException {
        SplitImages validation = new SplitImages(attempt.dataset().splits().validation());
        try (Classifier model = attempt.open(ModelFormat.SAVED_MODEL, Digest.parse(target.modelDigest()))) {
            var predictions = attempt.predict(model, validation, "scoring version " + target.version());
            return new Champion(target.version(), SplitScore.of(predictions).tally());
        } catch (UnloadableModelException | UnusablePredictionsException e) {
            return new Opponent.Incomparable(target.version(), e.getMessage());
        }
    }
}
