package io.catwalk.evaluation.job;

import static io.catwalk.evaluation.Installation.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.TinyDataset;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.OnnxCheck;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.scoring.EngineAgreement;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.EventType;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Topic;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.modelarchives.StoredModels;
import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.TutorialCnn;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's network on images of 8x8, trained to distinguish black from white. */
class BothEnginesTest {
    private static final long MAX_BYTES = 64 << 20;
    private static final int SIDE = 8;
    private static final Network NETWORK = new TutorialCnn().network(new ImageShape(SIDE, SIDE, 1), 2);

    private static Weights weights;

    private final Installation installation = new Installation();

    @TempDir
    private Path workFolder;

    @BeforeAll
    static void train() {
        float[] images = new float[16 * SIDE * SIDE];
        int[] labels = new int[16];
        for (int image = 0; image < labels.length; image++) {
            labels[image] = image % 2;
            Arrays.fill(images, image * SIDE * SIDE, (image + 1) * SIDE * SIDE, labels[image]);
        }
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            for (int step = 0; step < 30; step++) {
                session.step(images, labels, step);
            }
            weights = session.weights();
        }
    }

    @Test
    void publishesAnExportThatGivesTheSameAnswers() throws Exception {
        Digest onnx = installation.blobs().put(OnnxExport.model(NETWORK, weights));

        Topic topic = evaluate(onnx);

        assertThat(published(topic).getOnnxDigest()).isEqualTo(onnx.toString());
        VersionManifest manifest =
                installation.registry().version(Installation.MODEL, 1).orElseThrow();
        assertThat(manifest.digests().onnx()).contains(onnx.toString());
        OnnxCheck check = report(manifest).onnx().orElseThrow();
        assertThat(check.accepted()).isTrue();
        assertThat(check.digest()).isEqualTo(onnx.toString());
        EngineAgreement agreement = check.agreement().orElseThrow();
        assertThat(agreement.images()).isEqualTo(20);
        assertThat(agreement.differentLabels()).isZero();
        assertThat(agreement.largestDifference()).isLessThan(1e-5);
        assertThat(page(manifest)).contains("published: of 20 test images 0 get another label");
    }

    @Test
    void publishesWithoutAnExportThatGivesOtherAnswers() throws Exception {
        Digest onnx = installation.blobs().put(OnnxExport.model(NETWORK, changed(weights)));

        Topic topic = evaluate(onnx);

        assertThat(published(topic).getOnnxDigest()).isEmpty();
        VersionManifest manifest =
                installation.registry().version(Installation.MODEL, 1).orElseThrow();
        assertThat(manifest.digests().onnx()).isEmpty();
        OnnxCheck check = report(manifest).onnx().orElseThrow();
        assertThat(check.accepted()).isFalse();
        assertThat(check.agreement().orElseThrow().largestDifference()).isBetween(1e-4, 1.0);
        assertThat(page(manifest)).contains("not published: of 20 test images");
    }

    @Test
    void publishesWithoutAnExportThatCannotBeLoaded() throws Exception {
        Digest onnx = installation.blobs().put(new byte[] {1, 2, 3});

        Topic topic = evaluate(onnx);

        assertThat(published(topic).getOnnxDigest()).isEmpty();
        VersionManifest manifest =
                installation.registry().version(Installation.MODEL, 1).orElseThrow();
        assertThat(report(manifest).onnx().orElseThrow().reason())
                .isEqualTo("model " + onnx + " can't be loaded: the ONNX model is damaged");
    }

    private Topic evaluate(Digest onnx) throws InterruptedException {
        Topic topic = new Topic(1);
        Digest model = installation.blobs().put(SavedModelExport.archive(NETWORK, weights));
        Digest dataset = TinyDataset.store(
                Installation.datasets(installation.store()),
                installation.blobs(),
                new ImageDimensions(SIDE, SIDE, 1),
                BothEnginesTest::blackOrWhite);
        installation.accept(installation.trained("r1", model, dataset).toBuilder()
                .setOnnxDigest(onnx.toString())
                .build());
        ModelSource models = new StoredModels(
                new ModelArchives(installation.blobs(), workFolder, MAX_BYTES, 0, InstantSource.system()),
                1,
                new TensorLimits(128, 1 << 30));

        JobRunner evaluator = installation.evaluator(
                installation.store(), installation.handler(installation.store(), models, "w"), "w", topic);
        await().until(() ->
                installation.evaluations().find(new Name("r1")).orElseThrow().closed());
        evaluator.stop();

        assertThat(topic.events().values().stream().map(event -> event.type()))
                .containsExactly("evaluation-completed", "model-published", "model-promoted");
        EvaluationCompleted completed = payload(
                EventType.EVALUATION_COMPLETED,
                topic.events().values().iterator().next());
        assertThat(completed.getTest().getAccuracy()).isEqualTo(1);
        assertThat(completed.getTest().getLoss()).isBetween(0.0, 0.7);
        return topic;
    }

    private static ModelPublished published(Topic topic) {
        return topic.events().values().stream()
                .filter(event -> event.type().equals("model-published"))
                .map(event -> payload(EventType.MODEL_PUBLISHED, event))
                .findFirst()
                .orElseThrow();
    }

    private EvaluationReport report(VersionManifest manifest) {
        return ReportJson.read(
                installation.blobs().read(Digest.parse(manifest.digests().report()), 1 << 20));
    }

    private String page(VersionManifest manifest) {
        return new String(
                installation.blobs().read(Digest.parse(manifest.digests().page()), 1 << 20), UTF_8);
    }

    /** Enough that no image's probabilities stay within the tolerance. */
    private static Weights changed(Weights weights) {
        return new Weights(weights.tensors().stream()
                .map(tensor -> {
                    float[] values = tensor.toArray();
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= 0.9f;
                    }
                    return new NamedTensor(tensor.name(), tensor.dimensions(), FloatBuffer.wrap(values));
                })
                .toList());
    }

    private static byte[] blackOrWhite(int index) {
        byte[] pixels = new byte[SIDE * SIDE];
        Arrays.fill(pixels, (byte) (index % 2 == 0 ? 0 : 255));
        return pixels;
    }
}
