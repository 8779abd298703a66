package io.catwalk.training.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.training.device.TrainingDevice.Residence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrainingDeviceTest {
    private final AtomicInteger detections = new AtomicInteger();

    @Tag("fault-28")
    @Test
    void trainsOnTheCpuUnlessAGpuIsWanted() {
        assertThat(device(DevicePolicy.AUTO, "CPU").refusal()).isEmpty();
        assertThat(device(DevicePolicy.GPU, "GPU:0 NVIDIA H100").refusal()).isEmpty();
        assertThat(new DeviceCheck(device(DevicePolicy.AUTO, "CPU")).call().getStatus())
                .hasToString("UP");
    }

    @Tag("fault-28")
    @Test
    void saysWhatAGpuNeeds() {
        TrainingDevice device = device(DevicePolicy.GPU, "CPU");
        assertThat(device.refusal().orElseThrow())
                .startsWith("no GPU found: ")
                .endsWith("catwalk.training.device=auto trains on the CPU")
                .doesNotContain("\n");
        assertThat(new DeviceCheck(device).call().getStatus()).hasToString("DOWN");
    }

    @Test
    void looksOnce() {
        TrainingDevice device = device(DevicePolicy.GPU, "CPU");
        assertThat(detections).hasValue(0);
        device.environment();
        device.refusal();
        assertThat(detections).hasValue(1);
    }

    private TrainingDevice device(DevicePolicy policy, String found) {
        return new TrainingDevice(policy, new Residence(ResidencePolicy.AUTO, 8), () -> {
            detections.incrementAndGet();
            return new RuntimeEnvironment("Test CPU", List.of(), 2, true, "2.18.0", found);
        });
    }

    @Test
    void refusesStepsPerCallOutOfRange() {
        assertThatThrownBy(() -> new Residence(ResidencePolicy.ALWAYS, 65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catwalk.training.steps-per-call is 65, must be 1 to 64");
    }
}
