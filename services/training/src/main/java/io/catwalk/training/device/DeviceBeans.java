package io.catwalk.training.device;

import io.catwalk.network.environment.RuntimeEnvironment;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The device, for injection. */
@Singleton
class DeviceBeans {
    @Produces
    @Singleton
    TrainingDevice device(DeviceConfig config) {
        return new TrainingDevice(
                config.device(),
                new TrainingDevice.Residence(config.resident(), config.stepsPerCall()),
                RuntimeEnvironment::detect);
    }
}
