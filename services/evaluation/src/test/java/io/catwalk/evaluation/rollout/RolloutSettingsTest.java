package io.catwalk.evaluation.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.rollout.RolloutSettings.Margins;
import io.catwalk.evaluation.rollout.replay.ReplaySettings;
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

    @Test
    void refusesReplaysThatCanNeverJudge() {
        assertThatThrownBy(() -> settings(new ReplaySettings(-1, 1, MINUTE, MINUTE)))
                .hasMessage("catwalk.rollout.replay-requests is -1, must be 0 to 100000");
        assertThatThrownBy(() -> settings(new ReplaySettings(100_001, 1, MINUTE, MINUTE)))
                .hasMessage("catwalk.rollout.replay-requests is 100001, must be 0 to 100000");
        assertThatThrownBy(() -> settings(new ReplaySettings(100, 101, MINUTE, MINUTE)))
                .hasMessage("catwalk.rollout.replay-min-requests is 101, must be 1 to replay-requests, 100");
        assertThatThrownBy(() -> settings(new ReplaySettings(100, 0, MINUTE, MINUTE)))
                .hasMessage("catwalk.rollout.replay-min-requests is 0, must be 1 to replay-requests, 100");
        assertThatThrownBy(() -> settings(new ReplaySettings(100, 1, Duration.ZERO, MINUTE)))
                .hasMessage("catwalk.rollout.replay-max-age is PT0S, must be above 0");
        assertThatThrownBy(() -> settings(new ReplaySettings(100, 1, MINUTE, Duration.ZERO)))
                .hasMessage("catwalk.rollout.replay-time is PT0S, must be above 0");
        assertThat(settings(new ReplaySettings(0, 200, MINUTE, MINUTE)).replay().requests())
                .isZero();
    }

    private static RolloutSettings settings(ReplaySettings replay) {
        return new RolloutSettings(
                List.of(0.5), 0.05, MARGINS, MINUTE, 1, MINUTE, MINUTE, new Patience(MINUTE, MINUTE, 1), replay);
    }

    private static RolloutSettings settings(List<Double> steps, double alpha, long requests) {
        return new RolloutSettings(
                steps,
                alpha,
                MARGINS,
                MINUTE,
                requests,
                MINUTE,
                MINUTE,
                new Patience(MINUTE, MINUTE, 1),
                new ReplaySettings(0, 1, MINUTE, MINUTE));
    }
}
