package io.catwalk.serving.mirroring;

import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.queue.BatchLimits;
import io.catwalk.serving.rollout.RolloutConfig;
import io.catwalk.serving.window.Tallies;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The mirror, which starts and stops with the service. */
@Singleton
class MirrorBeans {
    /** Before the last windows are cut. */
    private static final int SHUTDOWN_ORDER = 10;

    private final Mirror mirror;

    MirrorBeans(
            RolloutConfig config,
            ServedModels models,
            BatchExecutor slots,
            BatchLimits limits,
            Tallies tallies,
            MeterRegistry meters) {
        double share = config.copies().canaryShare();
        int images = config.copies().maxWaitingImages();
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "catwalk.rollout.copies.canary-share is " + share + ", must be from 0 to 1");
        }
        if (images < 1) {
            throw new IllegalArgumentException(
                    "catwalk.rollout.copies.max-waiting-images is " + images + ", must be at least 1");
        }
        mirror = new Mirror(models, slots, new CopyRecorder(tallies, meters), limits.maxBatch(), share, images);
    }

    void stop(@Observes @Priority(SHUTDOWN_ORDER) ShutdownEvent event) {
        mirror.close();
    }

    @Produces
    @Singleton
    Mirror mirror() {
        return mirror;
    }
}
