package io.catwalk.serving.mirroring;

import java.util.Arrays;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One copy while it is run, in parts no larger than a batch. Not thread-safe. */
final class CopyRun {
    private static final Logger LOG = LoggerFactory.getLogger(CopyRun.class);

    private final Copy copy;
    private final CopyRecorder recorder;
    private final int maxBatch;
    private final float[] probabilities;
    private int done;
    private long nanos;
    private boolean ended;

    /** @param maxBatch images of one part */
    CopyRun(Copy copy, CopyRecorder recorder, int maxBatch) {
        this.copy = copy;
        this.recorder = recorder;
        this.maxBatch = maxBatch;
        this.probabilities = new float[copy.prediction().probabilities().length];
    }

    boolean ended() {
        return ended;
    }

    /** Loads an engine that was idle, which takes longer than a slot may be held; a copy is dropped where that fails. */
    void load() {
        try {
            copy.runs().engine().load();
        } catch (RefusedException e) {
            drop();
        }
    }

    /** Runs the next part. */
    void next() {
        long started = System.nanoTime();
        try {
            runPart();
            nanos += System.nanoTime() - started;
        } catch (RuntimeException e) {
            LOG.warn("{} failed on a copy of a request", copy.runs().version(), e);
            recorder.failed(copy, nanos + System.nanoTime() - started);
            ended = true;
            return;
        }
        if (done == copy.prediction().count()) {
            recorder.answered(copy, nanos, probabilities);
            ended = true;
        }
    }

    /** Ends it without a result. */
    void drop() {
        recorder.dropped(copy);
        ended = true;
    }

    private void runPart() {
        Prediction request = copy.prediction();
        Engine engine = copy.runs().engine();
        int values = engine.signature().imageValues();
        int classes = engine.signature().classes();
        int count = Math.min(maxBatch, request.count() - done);
        float[] images = count == request.count()
                ? request.images()
                : Arrays.copyOfRange(request.images(), done * values, (done + count) * values);
        System.arraycopy(engine.run(images, count), 0, probabilities, done * classes, count * classes);
        done += count;
    }
}
