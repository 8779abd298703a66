package io.catwalk.training.device;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready without the GPU that the configuration wants. */
@Readiness
public class DeviceCheck implements HealthCheck {
    private final TrainingDevice device;

    public DeviceCheck(TrainingDevice device) {
        this.device = device;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("device").status(device.refusal().isEmpty());
        device.refusal().ifPresent(why -> response.withData("refusal", why));
        return response.build();
    }
}
