package io.catwalk.serving.window;

import java.time.Clock;

import io.catwalk.chassis.node.Node;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.publishing.EventOutput;
import io.catwalk.serving.rollout.RolloutConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the windows with the service, and publishes the last ones when its last request is answered. */
@Singleton
class WindowService {
    /** After the mirror has stopped, before models are released and the output ends. */
    private static final int SHUTDOWN_ORDER = 20;

    private final WindowPublisher publisher;

    WindowService(
            RolloutConfig config, ServedModels models, Tallies tallies, EventOutput output, Node node, Clock clock) {
        if (!config.window().isPositive()) {
            throw new IllegalArgumentException("catwalk.rollout.window is " + config.window() + ", must be above 0");
        }
        this.publisher = new WindowPublisher(models, tallies, output, node, config.window(), clock);
    }

    void start(@Observes StartupEvent event) {
        publisher.start();
    }

    void stop(@Observes @Priority(SHUTDOWN_ORDER) ShutdownEvent event) {
        publisher.close();
    }
}
