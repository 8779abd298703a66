package io.catwalk.serving.loading;

import io.catwalk.serving.registry.RegistryFeed;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports {@link StableReadiness} to readiness probes, with the missing models. */
@Readiness
public class ReadinessCheck implements HealthCheck {
    private final StableReadiness readiness;
    private final RegistryFeed feed;
    private final ServedModels served;

    public ReadinessCheck(StableReadiness readiness, RegistryFeed feed, ServedModels served) {
        this.readiness = readiness;
        this.feed = feed;
        this.served = served;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("models")
                .status(readiness.ready())
                .withData("registry read to its end", readiness.tablesRead())
                .withData("served", String.join(", ", served.names()))
                .withData(
                        "not served",
                        String.join(
                                ", ",
                                readiness.missing().stream()
                                        .map(Object::toString)
                                        .toList()));
        feed.trouble().ifPresent(trouble -> response.withData("registry", trouble));
        return response.build();
    }
}
