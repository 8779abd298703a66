package io.catwalk.serving.mirroring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.loading.Target;
import io.catwalk.serving.mirroring.Copy.Side;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.HandOff;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.registry.ModelRegistry;

/**
 * Runs copies of answered requests: of stable's with the shadow, of a canary's with stable. Requests don't wait for copies but
 * for a batch that runs already: a copy joins no batch of requests, takes no slot while all are busy, and is dropped while
 * requests wait for one of the two versions, or too many copies wait.
 */
final class Mirror implements RequestObserver, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final ServedModels models;
    private final BatchExecutor slots;
    private final CopyRecorder recorder;
    private final int maxBatch;
    private final double canaryShare;
    private final HandOff<Copy> waiting;

    /**
     * @param slots shared with the requests' batches
     * @param maxBatch images of one batch
     * @param canaryShare of a canary's requests, which stable gets copies of
     * @param maxWaitingImages of copies that wait or run
     */
    Mirror(
            ServedModels models,
            BatchExecutor slots,
            CopyRecorder recorder,
            int maxBatch,
            double canaryShare,
            int maxWaitingImages) {
        this.models = models;
        this.slots = slots;
        this.recorder = recorder;
        this.maxBatch = maxBatch;
        this.canaryShare = canaryShare;
        this.waiting = new HandOff<>("mirror", maxWaitingImages, maxWaitingImages, this::run);
    }

    /** Drops the copies that wait. */
    @Override
    public void close() {
        waiting.end().forEach(recorder::dropped);
    }

    @Override
    public void answered(AnsweredRequest request) {
        if (request.refusal().isPresent() || request.prediction().isEmpty()) {
            return;
        }
        Map<String, Target> targets =
                models.targets(request.served().version().model().value());
        Target stable = targets.get(ModelRegistry.STABLE.value());
        if (stable == null) {
            return;
        }
        Prediction prediction = request.prediction().get();
        Target shadow = targets.get(ModelRegistry.SHADOW.value());
        if (shadow != null && answered(request, stable) && drawn(shadow.share())) {
            offer(new Copy(prediction, stable.model(), shadow.model(), Side.SHADOW));
        }
        Target canary = targets.get(ModelRegistry.CANARY.value());
        if (canary != null && canary.weight().isPresent() && answered(request, canary) && drawn(canaryShare)) {
            offer(new Copy(prediction, canary.model(), stable.model(), Side.CANARY));
        }
    }

    private static boolean answered(AnsweredRequest request, Target target) {
        return request.served().statistics() == target.model().served().statistics();
    }

    private static boolean drawn(double share) {
        return share > 0 && ThreadLocalRandom.current().nextDouble() < share;
    }

    private void offer(Copy copy) {
        if (copy.inTheWay() || !waiting.offer(copy, copy.prediction().count())) {
            recorder.dropped(copy);
        }
    }

    private void run(Copy copy) throws InterruptedException {
        LoadedModel model = copy.runs();
        if (!model.acquire()) {
            recorder.dropped(copy);
            return;
        }
        try {
            CopyRun run = new CopyRun(copy, recorder, maxBatch);
            run.load();
            while (!run.ended()) {
                if (copy.inTheWay()) {
                    run.drop();
                } else if (!slots.tryRun(run::next)) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            recorder.dropped(copy);
            throw e;
        } finally {
            model.release();
        }
    }
}
