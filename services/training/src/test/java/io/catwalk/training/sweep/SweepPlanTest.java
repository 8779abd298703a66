package io.catwalk.training.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.sweep.halving.Ladder;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPlanTest {
    private static final Digest DATASET = Digest.of(new byte[] {1});
    private static final String RATES = "{\"field\": \"learningRate\", \"values\": [0.1, 0.01]}";

    @Test
    void aTrialsRunsResumeEachOtherAndTheBestOneIsPublished() {
        SweepPlan plan = plan("\"epochs\": 9, \"continueFrom\": \"r0\"", RATES, ", \"halving\": {}");
        TrialRun second = plan.run(new Ladder.Step(2, 1));
        TrainingRequested lowest = plan.request(plan.run(new Ladder.Step(2, 0)), DATASET);
        TrainingRequested next = plan.request(second, DATASET);
        TrainingRequested highest = plan.request(plan.run(new Ladder.Step(2, 2)), DATASET);
        TrainingRequested published = plan.request(plan.publishing(second), second, DATASET);

        assertThat(lowest.getRunId()).isEqualTo("s-2-0");
        assertThat(lowest.getDataset()).isEqualTo("d@" + DATASET);
        assertThat(lowest.getLearningRate()).isEqualTo(0.01);
        assertThat(lowest.getStopAfterEpoch()).isEqualTo(1);
        assertThat(lowest.getContinueFrom()).isEqualTo("r0");
        assertThat(lowest.getPublish()).isFalse();
        assertThat(next.getResumeFrom()).isEqualTo("s-2-0");
        assertThat(next.getContinueFrom()).isEmpty();
        assertThat(next.getStopAfterEpoch()).isEqualTo(3);
        assertThat(highest.getResumeFrom()).isEqualTo("s-2-1");
        assertThat(highest.hasStopAfterEpoch()).isFalse();
        assertThat(published.getRunId()).isEqualTo("s-best");
        assertThat(published.getResumeFrom()).isEqualTo("s-2-1");
        assertThat(published.hasStopAfterEpoch()).isFalse();
        assertThat(published.getContinueFrom()).isEmpty();
        assertThat(published.getPublish()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"runId\": \"r1\" | `` | training.runId must be left out of a sweep",
                "\"resumeFrom\": \"r1\" | `` | training.resumeFrom must be left out of a sweep",
                "\"earlyStopping\": {\"patience\": 2} | `` | training.earlyStopping must be left out of a sweep",
                "\"seed\": 1 | , \"halving\": {} | training.epochs is missing, must be given with halving",
                "\"epochs\": 2 | , \"halving\": {\"minEpochs\": 3} | "
                        + "halving.minEpochs is 3, must be at most the 2 of training.epochs",
            })
    void saysWhatASweepCannotBe(String training, String more, String message) {
        assertThatThrownBy(() -> plan(training, RATES, more))
                .isInstanceOf(BadInputException.class)
                .hasMessage(message);
    }

    @Test
    void trialsMayNotDifferInWhatMakesThemIncomparable() {
        assertThatThrownBy(() -> plan("\"epochs\": 2", "{\"field\": \"dataset\", \"values\": [\"a\", \"b\"]}", ""))
                .hasMessage("the parameter dataset is the same for all trials of a sweep");
        assertThat(plan("\"epochs\": 2", "{\"field\": \"epochs\", \"values\": [1, 2]}", "")
                        .trials())
                .hasSize(2);
        assertThatThrownBy(
                        () -> plan("\"epochs\": 2", "{\"field\": \"epochs\", \"values\": [1, 2]}", ", \"halving\": {}"))
                .hasMessage("the parameter epochs is the same for all trials of a sweep");
    }

    private static SweepPlan plan(String training, String parameter, String more) {
        String json = "{\"training\": {\"dataset\": \"d\", \"model\": \"m\", %s}, \"parameters\": [%s]%s}"
                .formatted(training, parameter, more);
        return SweepPlan.checked(EventJson.read(EventType.SWEEP_REQUESTED, json.getBytes(UTF_8)), "s");
    }
}
