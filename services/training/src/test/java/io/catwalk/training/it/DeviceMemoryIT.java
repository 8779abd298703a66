package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.journal.job.JobResult;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A device whose memory is too small for a run. TensorFlow bounds a CPU's memory here, by the allocator that it has for GPUs, and runs
 * without oneDNN, whose convolution doesn't look whether it got memory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceMemoryIT {
    private static final String MOST_MEBIBYTES = "256";

    private final TrainingStack stack = TrainingStack.start();
    private final ReplicaProcess trainer =
            Trainers.start("small", "memory", Optional.empty(), environment()).awaitReady();

    @AfterAll
    void stop() {
        stack.stop(trainer);
    }

    @Tag("fault-28")
    @Test
    void aRunThatNeedsMoreMemoryFailsWithWhatNeedsItAndTheNextIsTrained() {
        Name large = new Name("large");
        stack.send("training-requested", """
                {"runId": "large", "dataset": "bars", "model": "bars", "epochs": 1, "batchSize": 300,
                 "layers": [{"conv2d": {"filters": 512, "activation": "relu"}}, {"maxPool": {}}, {"flatten": {}},
                            {"dense": {"units": 10}}]}""");
        Name small = new Name("small");
        stack.request(small, 1);

        JobResult refused = stack.awaitClosed(large).fold().result().orElseThrow();
        assertThat(refused.outcome()).isEqualTo(JobResult.Outcome.FAILED);
        assertThat(refused.reason())
                .matches(
                        "given back 2 times in a row without progress, the last time because: the trainer's \\S+ has too"
                                + " little memory for network \\S+ and batchSize 300; a smaller batchSize needs less");
        assertThat(stack.awaitClosed(small).fold().result()).contains(JobResult.succeeded());
        assertThat(trainer.isAlive()).isTrue();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.put("TF_CPU_ALLOCATOR_USE_BFC", "true");
        environment.put("TF_ENABLE_ONEDNN_OPTS", "0");
        environment.put("TF_CPU_BFC_MEM_LIMIT_IN_MB", MOST_MEBIBYTES);
        environment.put("CATWALK_JOBS_MAX_FAILURES", "2");
        return environment;
    }
}
