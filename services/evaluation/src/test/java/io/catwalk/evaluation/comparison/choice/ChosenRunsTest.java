package io.catwalk.evaluation.comparison.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.TinyDataset;
import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Comparison;
import io.catwalk.evaluation.comparison.Disagreement;
import io.catwalk.evaluation.comparison.choice.NotComparableException.Cause;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Topic;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCompleted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenRunsTest {
    private final Installation installation = new Installation();
    private final FakeModels models = new FakeModels();
    private final Jobs training = new Jobs(installation.store(), JobKind.RUN, "client", Installation.SETTINGS.retry());
    private final ChosenRuns chosen = new ChosenRuns(
            installation.evaluations(),
            training,
            Installation.localDatasets(installation.store()),
            installation.blobs());
    private final JobRunner evaluator = installation.evaluator(
            installation.store(), installation.handler(installation.store(), models, "w"), "w", new Topic(1));

    @BeforeEach
    void evaluate() throws InterruptedException {
        evaluate(installation.trained("good", models.right(18)));
        evaluate(installation.trained("bad", models.right(12)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        evaluator.stop();
    }

    @Test
    void comparesStoredEvaluations() throws Exception {
        Comparison comparison = chosen.compare(List.of("bad", "good"), Function.identity());

        assertThat(comparison.runs())
                .extracting(run -> run.key() + " " + run.runId())
                .containsExactly("A bad", "B good");
        assertThat(comparison.test().count()).isEqualTo(20);
        Disagreement pair = comparison.disagreements().getFirst();
        assertThat(pair.bothRight()).isEqualTo(12);
        assertThat(pair.onlyFirst()).isEmpty();
        assertThat(pair.onlySecond()).containsExactly(12, 13, 14, 15, 16, 17);
        assertThat(pair.bothWrongAlike()).isEqualTo(2);
    }

    @Test
    void comparesUpToTheMostRuns() throws Exception {
        List<String> ids = new ArrayList<>(List.of("good", "bad"));
        while (ids.size() < ChosenRuns.MOST) {
            String id = "run-" + ids.size();
            evaluate(installation.trained(id, models.right(12 + ids.size() % 3)));
            ids.add(id);
        }

        Comparison comparison = chosen.compare(ids, Function.identity());

        assertThat(comparison.runs())
                .extracting(ComparedRun::key)
                .containsExactly("A", "B", "C", "D", "E", "F", "G", "H");
        assertThat(comparison.disagreements()).hasSize(8 * 7 / 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "good; runs names 1, must name 2 to 8 runs, separated by commas",
                "good,bad,a,b,c,d,e,f,g; runs names 9, must name 2 to 8 runs, separated by commas",
                "good,../bad; runs[1] must match [a-z0-9][a-z0-9._-]{0,62}",
                "good,; runs[1] must match [a-z0-9][a-z0-9._-]{0,62}",
                "good,bad,good; runs[2] is good, which is named before"
            })
    void refusesABadChoice(String ids, String message) {
        assertRefused(Cause.BAD_INPUT, message, ids.split(",", -1));
    }

    @Test
    void refusesAnUnknownRun() {
        assertRefused(Cause.NOT_FOUND, "runs[1] is nobody, and there is no such run", "good", "nobody");
    }

    @Test
    void refusesARunWithoutAModel() throws Exception {
        TrainingCompleted trained = installation.trained("open", models.right(18));
        assertRefused(
                Cause.NO_MODEL,
                "runs[0] is open, which has no model to compare: its training hasn't ended",
                "open",
                "good");

        evaluate(trained.toBuilder().setModelDigest(models.missing().toString()).build());
        assertRefused(
                Cause.NO_MODEL,
                "runs[0] is open, which has no model to compare: its evaluation found nothing: model "
                        + models.missing() + " is missing",
                "open",
                "good");
    }

    @Test
    void refusesRunsOfDifferentDatasets() throws Exception {
        Digest other = TinyDataset.store(
                Installation.datasets(installation.store()),
                installation.blobs(),
                new ImageDimensions(1, 2, 1),
                index -> new byte[] {(byte) (index + 1), (byte) (index % 2)});
        TrainingCompleted elsewhere = installation.trained("elsewhere", models.right(18), other);
        evaluate(elsewhere);
        String first = installation.trained("any", models.right(18)).getDatasetDigest();

        assertRefused(
                Cause.BAD_INPUT,
                "runs[1] is elsewhere, of dataset clothes " + other + "; must be of clothes " + first + " as good",
                "good",
                "elsewhere");
    }

    private void assertRefused(Cause cause, String message, String... ids) {
        assertThatExceptionOfType(NotComparableException.class)
                .isThrownBy(() -> chosen.compare(Arrays.asList(ids), Function.identity()))
                .withMessage(message)
                .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(cause));
    }

    private void evaluate(TrainingCompleted result) throws InterruptedException {
        installation.accept(result);
        await().until(() -> installation
                .evaluations()
                .find(new Name(result.getRunId()))
                .filter(Job::closed)
                .isPresent());
    }
}
