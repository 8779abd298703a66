package io.catwalk.serving.protocol.grpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc;
import io.catwalk.serving.loading.StableReadiness;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The standard health service: of the server and of its services that predict, which follow readiness. */
@Singleton
public class ServingHealth {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final List<String> NAMES = Stream.of(
                    HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
                    GRPCInferenceServiceGrpc.SERVICE_NAME,
                    PredictionServiceGrpc.SERVICE_NAME)
            .toList();

    private final StableReadiness readiness;
    private final HealthStatusManager statuses = new HealthStatusManager();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor polls = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-health").factory());

    public ServingHealth(StableReadiness readiness) {
        this.readiness = readiness;
        NAMES.forEach(name -> statuses.setStatus(name, ServingStatus.NOT_SERVING));
    }

    BindableService service() {
        return statuses.getHealthService();
    }

    void start(@Observes StartupEvent event) {
        polls.scheduleWithFixedDelay(this::update, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says NOT_SERVING from now on; a second call does nothing. */
    void stop() {
        if (!stopped.getAndSet(true)) {
            statuses.enterTerminalState();
        }
    }

    @PreDestroy
    void close() {
        polls.shutdownNow();
    }

    private void update() {
        ServingStatus status = readiness.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        NAMES.forEach(name -> statuses.setStatus(name, status));
    }
}
