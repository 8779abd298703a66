package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class DemoArgumentsTest {
    @Test
    void theTutorialsNetworkForFiveEpochsIsTheDefault() {
        assertThat(DemoArguments.parse(List.of())).isEqualTo(new DemoArguments(5, "tutorial-cnn", Optional.empty()));
        assertThat(DemoArguments.parse(List.of("--epochs", "1", "--network", "resnet-re", "--data", "x")))
                .isEqualTo(new DemoArguments(1, "resnet-re", Optional.of(Path.of("x"))));
    }

    @Test
    void wrongOnesAreNamed() {
        assertThatThrownBy(() -> DemoArguments.parse(List.of("--epochs", "0")))
                .hasMessage("--epochs is 0, must be a whole number from 1 to 10000");
        assertThatThrownBy(() -> DemoArguments.parse(List.of("--network", "a b")))
                .hasMessageStartingWith("--network is a b, must match ");
    }

    @Test
    void theRequestIsBareJson() {
        DemoArguments arguments = new DemoArguments(3, "tutorial-cnn", Optional.empty());
        assertThat(TrainingRequest.of(arguments, Instant.parse("2026-02-03T04:05:06Z"))
                        .toJson())
                .isEqualTo("{\"runId\":\"demo-20260203-040506\",\"dataset\":\"fashion-mnist\",\"model\":\"fashion\","
                        + "\"network\":\"tutorial-cnn\",\"epochs\":3,\"seed\":42,\"testEachEpoch\":false}");
    }
}
