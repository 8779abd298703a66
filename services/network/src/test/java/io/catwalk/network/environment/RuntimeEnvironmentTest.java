package io.catwalk.network.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeEnvironmentTest {
    private static final String CPU_INFO = """
            processor\t: 0
            model name\t: A processor: model 3
            flags\t\t: fpu fma avx2 avx512f avx512_vnni sse

            processor\t: 1
            model name\t: A processor: model 3
            flags\t\t: fpu fma avx2 avx512f avx512_vnni sse
            """;
    private static final String STATUS = "Name:\tjava\nCpus_allowed:\t00000000,0000000f\nCpus_allowed_list:\t0-3\n";

    @Test
    void readsLinuxProcFiles() {
        Processor processor = Processor.parse(CPU_INFO, STATUS);

        assertThat(RuntimeEnvironment.of(processor, Map.of(), "2.18.0", "CPU"))
                .isEqualTo(new RuntimeEnvironment(
                        "A processor: model 3",
                        List.of("avx2", "fma", "avx512f", "avx512_vnni"),
                        4,
                        true,
                        "2.18.0",
                        "CPU"));
    }

    @Test
    void reportsUnknownWithoutProcFiles() {
        Processor processor = Processor.parse("", "");

        assertThat(processor.model()).isEqualTo("unknown");
        assertThat(processor.features()).isEmpty();
        assertThat(processor.usable()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @CsvSource({
        "avx512_vnni, '', true", "amx_tile, '', true", "avx2, '', false", "avx512f, '', false", "avx2, 1, true",
        "avx2, True, true", "amx_tile, 0, false", "amx_tile, FALSE, false", "amx_tile, off, true", "avx2, on, false"
    })
    void oneDnnIsSetOrFollowsTheProcessor(String feature, String setting, boolean expected) {
        Processor processor = new Processor("p", List.of(feature), 2);
        assertThat(TensorFlowSettings.oneDnn(Map.of("TF_ENABLE_ONEDNN_OPTS", setting), processor))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "0, 2", "-1, 2", "x, 2", "'', 2"})
    void threadsAreSetOrFollowTheProcessor(String setting, int expected) {
        Processor processor = new Processor("p", List.of(), 2);
        assertThat(TensorFlowSettings.threads(Map.of("TF_NUM_INTRAOP_THREADS", setting), processor))
                .isEqualTo(expected);
    }

    @Test
    void detectsThisProcess() {
        RuntimeEnvironment here = RuntimeEnvironment.detect();

        assertThat(here.tensorFlowVersion()).startsWith("2.");
        assertThat(here.threads()).isPositive();
        assertThat(here.oneDnn())
                .as("the tests' processes set TF_ENABLE_ONEDNN_OPTS=1")
                .isTrue();
    }
}
