package io.catwalk.training.loop;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.training.Score;
import io.catwalk.network.training.TrainingSession;

/** Scores a whole split in chunks, always the same ones: a sum of floats depends on its parts. */
final class SplitScorer {
    private static final int CHUNK = 500;

    private final TrainingSession session;
    private final ImageSet split;
    private final Batch chunk;

    SplitScorer(TrainingSession session, ImageSet split) {
        this.session = session;
        this.split = split;
        this.chunk = new Batch(split.shape().bytes(), Math.min(CHUNK, split.count()));
    }

    /** @param afterChunk called as the work progresses */
    SetFigures score(Runnable afterChunk) {
        int whole = split.count() - split.count() % chunk.size();
        Score total = score(chunk, 0);
        afterChunk.run();
        for (int from = chunk.size(); from < whole; from += chunk.size()) {
            total = total.plus(score(chunk, from));
            afterChunk.run();
        }
        if (whole < split.count()) {
            total = total.plus(score(new Batch(split.shape().bytes(), split.count() - whole), whole));
            afterChunk.run();
        }
        return new SetFigures(total.loss(), total.accuracy());
    }

    private Score score(Batch batch, int from) {
        batch.fill(split, place -> from + place);
        return session.score(batch.images(), batch.labels());
    }
}
