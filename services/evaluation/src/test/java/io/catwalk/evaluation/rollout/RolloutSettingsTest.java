package io.catwalk.evaluation.rollout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.rollout.RolloutSettings.Margins;
import io.catwalk.evaluation.rollout.window.Fleet.Patience;
import org.junit.jupiter.api.Test;

class RolloutSettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Margins MARGINS = new Margins(0.01, 0.05, 0.05, Optional.empty());

    @Test
    void refusesStepsThatDoNotRise() {
        assertThatThrownBy(() -> settings(List.of(0.5, 0.1), 0.05, 1))
                .hasMessage("catwalk.rollout.steps is [0.5, 0.1], must be ascending");
        assertThatThrownBy(() -> settings(List.of(0.5, 1.0), 0.05, 1))
                .hasMessage("catwalk.rollout.steps is [0.5, 1.0], must be above 0 and below 1");
        assertThatThrownBy(() -> settings(List.of(), 0.05, 1))
                .hasMessage("catwalk.rollout.steps is [], must be above 0 and below 1");
    }

    @Test
    void refusesProbabilitiesAndCountsOutOfRange() {
        assertThatThrownBy(() -> settings(List.of(0.5), 0.5, 1))
                .hasMessage("catwalk.rollout.alpha is 0.5, must be above 0 and below 0.5");
        assertThatThrownBy(() -> settings(List.of(0.5), 0.05, 0))
                .hasMessage("catwalk.rollout.min-requests is 0, must be at least 1");
        assertThatThrownBy(() -> new Margins(0, 0.05, 0.05, Optional.empty()))
                .hasMessage("catwalk.rollout.error-margin is 0.0, must be above 0 and below 1");
        assertThatThrownBy(() -> new Margins(0.01, 0.05, 0.05, Optional.of(1.0)))
                .hasMessage("catwalk.rollout.disagreement-limit is 1.0, must be above 0 and below 1");
    }

    private static RolloutSettings settings(List<Double> steps, double alpha, long requests) {
        return new RolloutSettings(
                steps, alpha, MARGINS, MINUTE, requests, MINUTE, MINUTE, new Patience(MINUTE, MINUTE, 1));
    }
}
