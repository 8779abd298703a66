package io.catwalk.evaluation.job;

import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.Installation.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.drift.ReferenceProfile;
import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.gate.Champion;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.evaluation.scoring.Suspect;
import io.catwalk.evaluation.scoring.Tally;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Topic;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCompleted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationHandlerTest {
    private static final String LINE = "models/fashion/labels/stable/journal/";

    private final Installation installation = new Installation();
    private final FakeModels models = new FakeModels();
    private final Topic topic = new Topic(1);
    private final List<JobRunner> evaluators = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (JobRunner evaluator : evaluators) {
            evaluator.stop();
        }
        assertThat(models.open()).as("models left open").isZero();
    }

    @Test
    void theFirstModelIsReportedThenPublishedThenPromoted() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));

        assertThat(published()).containsExactly("evaluation-completed", "model-published", "model-promoted");
        Map<String, Event> events = topic.events();
        assertThat(events.keySet()).containsExactly("evaluations/r1/journal/3", "evaluations/r1/journal/5", LINE + "1");

        var completed = payload(EventType.EVALUATION_COMPLETED, events.get("evaluations/r1/journal/3"));
        assertThat(completed.getValidation().getAccuracy()).isEqualTo(0.9);
        assertThat(completed.getTest().getCount()).isEqualTo(20);
        var published = payload(EventType.MODEL_PUBLISHED, events.get("evaluations/r1/journal/5"));
        assertThat(published.getVersion()).isEqualTo(1);
        assertThat(published.getEntry()).isEqualTo(1);
        assertThat(published.getTestAccuracy()).isEqualTo(0.9);
        assertThat(published.getImageShapeList()).containsExactly(1, 2, 1);
        assertThat(published.getLabelNamesList()).containsExactly("trousers", "shirt");
        var promoted = payload(EventType.MODEL_PROMOTED, events.get(LINE + "1"));
        assertThat(promoted.getVersion()).isEqualTo(1);
        assertThat(promoted.getPreviousVersion()).isZero();
        assertThat(promoted.getModelDigest()).isEqualTo(models.right(18).toString());
        assertThat(promoted.getCause()).isEqualTo("evaluations/r1");
        assertThat(promoted.getEntry()).isEqualTo(1);
    }

    @Test
    void theManifestNamesTheVersionsContent() throws Exception {
        TrainingCompleted training = installation.trained("r1", models.right(18));
        evaluate(training);

        VersionManifest manifest = installation.registry().version(MODEL, 1).orElseThrow();

        var completed = payload(EventType.EVALUATION_COMPLETED, event("evaluation-completed"));
        assertThat(manifest.digests())
                .isEqualTo(new VersionManifest.Digests(
                        training.getDatasetDigest(),
                        training.getRequestDigest(),
                        training.getWeightsDigest(),
                        training.getModelDigest(),
                        Optional.empty(),
                        manifest.digests().profile(),
                        completed.getReportDigest(),
                        completed.getReportPageDigest()));
        assertThat(manifest.runId()).isEqualTo("r1");
        assertThat(manifest.test().accuracy()).isEqualTo(0.9);
        byte[] stored = installation
                .store()
                .read(Artifacts.modelVersion(MODEL, 1), 1 << 20)
                .orElseThrow()
                .content();
        assertThat(payload(EventType.MODEL_PUBLISHED, event("model-published")).getManifestDigest())
                .isEqualTo(Digest.of(stored).toString());
    }

    @Test
    void theVersionNamesTheProfileOfItsTrainingImages() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));

        String digest =
                payload(EventType.MODEL_PUBLISHED, event("model-published")).getProfileDigest();
        assertThat(installation
                        .registry()
                        .version(MODEL, 1)
                        .orElseThrow()
                        .digests()
                        .profile())
                .contains(digest);
        ReferenceProfile profile = ReferenceProfile.read(installation.blobs().read(Digest.parse(digest), 1 << 20));
        assertThat(profile.images()).isEqualTo(10);
        assertThat(profile.labels()).containsExactly(5, 5);
        assertThat(profile.mean())
                .as("the pixels of an image are its place, 20 to 29, and its class")
                .isCloseTo((24.5 + 0.5) / 2 / 255, within(1e-8));
        assertThat(profile.predicted().stream().mapToInt(Integer::intValue).sum())
                .as("the validation split's images")
                .isEqualTo(20);
    }

    @Test
    void theReportHasTheRunsCurveAndSeed() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));

        var completed = payload(EventType.EVALUATION_COMPLETED, event("evaluation-completed"));
        EvaluationReport report =
                ReportJson.read(installation.blobs().read(Digest.parse(completed.getReportDigest()), 1 << 20));
        assertThat(report.run().seed()).isEqualTo(7);
        assertThat(report.curve()).hasSize(4);
        assertThat(report.curve().getLast().loss()).isEqualTo(0.3);
        assertThat(report.samples().wrong()).hasSize(2);
        PredictedClasses predictions = PredictedClasses.decode(
                installation.blobs().read(Digest.parse(report.testPredictions().orElseThrow()), 1 << 20));
        assertThat(predictions.classes()).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0);
        Confidences confidences = Confidences.decode(
                installation.blobs().read(Digest.parse(report.testConfidences().orElseThrow()), 1 << 20));
        assertThat(confidences.count()).isEqualTo(20);
        assertThat(report.suspects().orElseThrow().images())
                .extracting(Suspect::index)
                .containsExactly(18, 19);
        assertThat(installation.blobs().read(Digest.parse(completed.getReportPageDigest()), 1 << 20))
                .asString(UTF_8)
                .contains("fashion, run r1", "Passes the gate", "Labels of the test set that look wrong: 2");
        assertThat(installation
                        .meters()
                        .get("catwalk.evaluation.accuracy")
                        .tag("model", "fashion")
                        .tag("split", "test")
                        .gauge()
                        .value())
                .isEqualTo(0.9);
    }

    @Test
    void aRedeliveryIsTheSameEvaluation() throws Exception {
        TrainingCompleted training = installation.trained("r1", models.right(18));
        evaluate(training);

        assertThat(installation.accept(training)).isEqualTo(Acceptance.REPEATED);
        evaluate(installation.trained("r2", models.right(18)));

        assertThat(history("r1")).hasSize(7);
        assertThat(line()).extracting(DecisionEntry::cause).containsExactly("evaluations/r1", "evaluations/r2");
        assertThat(topic.ids()).hasSize(6);
    }

    @Test
    void aModelBelowTheTestSetsMinimumIsRejectedAndGetsNoVersion() throws Exception {
        evaluate(installation.trained("r1", models.right(9)));

        assertThat(published()).containsExactly("evaluation-completed", "model-rejected");
        var rejected = payload(EventType.MODEL_REJECTED, topic.events().get(LINE + "1"));
        assertThat(rejected.getReason()).isEqualTo("test accuracy 0.4500 (9 of 20) is below minTestAccuracy 0.5");
        assertThat(rejected.getEntry()).isEqualTo(1);
        assertThat(installation.registry().versions(MODEL)).isEmpty();
        assertThat(result("r1")).isEqualTo(JobResult.succeeded());
        assertThat(line().getLast().decision(LabelDecision.class).label()).isEmpty();
    }

    @Test
    void theChampionIsScoredOnTheCandidatesOwnValidationSet() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));
        evaluate(installation.trained("r2", models.right(15)));
        evaluate(installation.trained("r3", models.right(16)));

        var rejected = payload(EventType.MODEL_REJECTED, event("model-rejected"));
        assertThat(rejected.getRunId()).isEqualTo("r2");
        assertThat(rejected.getChampionVersion()).isEqualTo(1);
        assertThat(rejected.getChampionValidationAccuracy()).isEqualTo(0.9);
        assertThat(rejected.getReason())
                .isEqualTo("validation accuracy 0.7500 (15 of 20) against 0.9000 (18 of 20) of version 1"
                        + " exceeds maxRegression 0.1");
        var promoted = payload(EventType.MODEL_PROMOTED, topic.events().get(LINE + "3"));
        assertThat(promoted.getVersion()).isEqualTo(2);
        assertThat(promoted.getPreviousVersion()).isEqualTo(1);
        assertThat(state("r3").findings().orElseThrow().opponent()).isEqualTo(new Champion(1, new Tally(18, 20)));
    }

    @Test
    void aChampionThatCannotBeComparedPreventsNoPromotion() throws Exception {
        putChampion(new Target(1, models.ofAnotherShape().toString()));

        evaluate(installation.trained("r1", models.right(12)));

        Findings findings = state("r1").findings().orElseThrow();
        assertThat(findings.opponent()).isInstanceOf(Opponent.Incomparable.class);
        assertThat(findings.verdict()).isInstanceOf(Verdict.Promote.class);
        assertThat(findings.verdict().reason())
                .startsWith("version 1 can't be compared, as model sha256:")
                .contains("takes images of 32x32x3 in 2 classes; the dataset has images of 1x2x1 in 2 classes");
        assertThat(LabelDecision.of(line().getLast()).promotes()).isTrue();
    }

    @Test
    void aDamagedModelFailsAndIsRejectedOnce() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));
        evaluate(installation.trained("r2", models.missing()));
        evaluate(installation.trained("r3", models.notANumber()));

        assertThat(result("r2").outcome()).isEqualTo(JobResult.Outcome.FAILED);
        assertThat(result("r2").reason()).isEqualTo("model " + models.missing() + " is missing");
        assertThat(result("r3").reason()).startsWith("probability of image 0, class 1: NaN");
        assertThat(published())
                .containsExactly(
                        "evaluation-completed",
                        "model-published",
                        "model-promoted",
                        "model-rejected",
                        "model-rejected");
        assertThat(line().stream()
                        .map(LabelDecision::of)
                        .map(decision -> decision.label().orElseThrow().version()))
                .containsExactly(1L, 1L, 1L);
        assertThat(state("r2").decided().orElseThrow().entry()).isEqualTo(2);
    }

    @Test
    void aDamagedDatasetFailsTheEvaluation() throws Exception {
        Digest dataset = Digest.of(new byte[] {9});
        evaluate(installation.trained("r1", models.right(18), dataset));

        assertThat(result("r1").reason()).startsWith("dataset " + dataset + " can't be loaded: ");
        assertThat(published()).containsExactly("model-rejected");
    }

    @Test
    void aRunOfAnotherBucketFailsTheEvaluation() throws Exception {
        TrainingCompleted training = installation.trained("r1", models.right(18)).toBuilder()
                .setRunId("r9")
                .build();
        evaluate(training);

        assertThat(result("r9").reason()).isEqualTo("run r9 has no journal with a request in this bucket");
    }

    @Test
    void withoutPublishItOnlyReports() throws Exception {
        evaluate(installation.trained("r1", models.right(18)).toBuilder()
                .setPublish(false)
                .build());
        evaluate(installation.trained("r2", models.missing()).toBuilder()
                .setPublish(false)
                .build());

        assertThat(published()).containsExactly("evaluation-completed");
        assertThat(line()).isEmpty();
        assertThat(installation.registry().versions(MODEL)).isEmpty();
        assertThat(result("r1")).isEqualTo(JobResult.succeeded());
        assertThat(result("r2").outcome()).isEqualTo(JobResult.Outcome.FAILED);
    }

    @Test
    void evaluatesAgainWhenTheLabelMovedMeanwhile() throws Exception {
        models.beforeNextOpening(
                () -> putChampion(new Target(7, models.right(20).toString())));

        evaluate(installation.trained("r1", models.right(15)));

        Findings findings = state("r1").findings().orElseThrow();
        assertThat(findings.opponent()).isEqualTo(new Opponent.None());
        assertThat(findings.verdict()).isInstanceOf(Verdict.Promote.class);
        LabelDecision decision = LabelDecision.of(line().getLast());
        assertThat(decision.promotes()).isFalse();
        assertThat(decision.reason()).contains("against 1.0000 (20 of 20) of version 7");
        assertThat(published()).containsExactly("evaluation-completed", "model-rejected");
    }

    @Test
    void usesTheNextNumberIfItsOwnWasTaken() throws Exception {
        evaluate(installation.trained("r1", models.right(18)));
        VersionManifest another = installation.registry().version(MODEL, 1).orElseThrow();
        start(new InterposingStore(
                installation.store(),
                Artifacts.modelVersion(MODEL, 2),
                () -> installation.registry().create(another.numbered(2))));
        evaluators.removeFirst().stop();

        evaluate(installation.trained("r2", models.right(18)));

        assertThat(installation.registry().versions(MODEL)).containsExactly(1L, 2L, 3L);
        assertThat(installation.registry().version(MODEL, 3).orElseThrow().runId())
                .isEqualTo("r2");
        assertThat(history("r2").stream()
                        .map(entry -> entry.entry().fold().at("/state/publishing/manifest/version"))
                        .filter(version -> !version.isMissingNode())
                        .map(version -> version.asInt())
                        .distinct())
                .containsExactly(2, 3);
        assertThat(payload(EventType.MODEL_PROMOTED, topic.events().get(LINE + "2"))
                        .getVersion())
                .isEqualTo(3);
    }

    @Test
    void aFailureAfterThePromotionLosesNoEvent() throws Exception {
        start(new FailingOnce(
                installation.handler(installation.store(), models, "w"), EventType.MODEL_PUBLISHED.topic()));

        evaluate(installation.trained("r1", models.right(18)));

        assertThat(published()).containsExactly("evaluation-completed", "model-published", "model-promoted");
        assertThat(line()).hasSize(1);
        assertThat(result("r1")).isEqualTo(JobResult.succeeded());
    }

    private void evaluate(TrainingCompleted training) throws InterruptedException {
        if (evaluators.isEmpty()) {
            start(installation.handler(installation.store(), models, "w"));
        }
        installation.accept(training);
        await().until(() -> job(training.getRunId()).closed());
    }

    private void start(JobHandler handler) {
        evaluators.add(installation.evaluator(installation.store(), handler, "w" + evaluators.size(), topic));
    }

    private void start(InterposingStore store) {
        var view = store.view();
        evaluators.add(installation.evaluator(view, installation.handler(view, models, "x"), "x", topic));
    }

    private void putChampion(Target target) {
        try {
            installation
                    .registry()
                    .labelJournal(MODEL, Registry.STABLE)
                    .put(
                            "promotions/by-hand",
                            (soFar, number) -> new Decider.Decision(
                                    LabelDecision.promoted(soFar, target, "by hand"), Optional.empty()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> published() {
        return topic.events().values().stream().map(Event::type).toList();
    }

    private Event event(String type) {
        return topic.events().values().stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<DecisionEntry> line() {
        return installation.registry().labelJournal(MODEL, Registry.STABLE).entries();
    }

    private List<Numbered> history(String runId) {
        return installation.evaluations().history(new Name(runId));
    }

    private Job job(String runId) {
        return installation.evaluations().find(new Name(runId)).orElseThrow();
    }

    private EvaluationState state(String runId) {
        return EvaluationState.of(job(runId));
    }

    private JobResult result(String runId) {
        return job(runId).fold().result().orElseThrow();
    }
}
