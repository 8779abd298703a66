package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.system.BarPictures;
import io.catwalk.system.KafkaTopics;
import io.catwalk.system.Pipeline;
import io.catwalk.system.PublishedEvent;
import io.catwalk.system.SharedPipelines;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingRequested;
import io.catwalk.training.v1.TrainingStarted;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One run from a bare record, sent before its dataset is there, to predictions of the promoted model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIT {
    private static final String DATASET = "bars";
    private static final String MODEL = "whole";
    private static final int EPOCHS = 8;
    private static final int LABEL = 3;
    private static final List<String> SERVICES = List.of("ingestion", "training", "evaluation", "serving");

    private final Pipeline pipeline = SharedPipelines.open();
    private final PublishedEvent<TrainingRequested> requested;
    private final String run;
    private final PublishedEvent<DatasetReady> ready;
    private final PublishedEvent<TrainingStarted> started;
    private final List<PublishedEvent<EpochCompleted>> epochs;
    private final PublishedEvent<TrainingCompleted> trained;
    private final PublishedEvent<EvaluationCompleted> evaluated;
    private final PublishedEvent<ModelPublished> published;
    private final PublishedEvent<ModelPromoted> promoted;

    /** Runs the pipeline once; the tests check its results. */
    PipelineIT() {
        RecordMetadata place = pipeline.send("training-requested", """
                {"dataset":"%s","model":"%s","network":"tutorial-cnn","epochs":%d,"batchSize":32,"seed":42}""".formatted(DATASET, MODEL, EPOCHS));
        KafkaTopics topics = pipeline.topics();
        requested = topics.at(EventType.TRAINING_REQUESTED, place);
        run = requested.event().requestId();
        awaitWaiting();
        ingest();
        ready = topics.await(
                EventType.DATASET_READY, event -> event.getDataset().equals(DATASET));
        trained = topics.await(
                EventType.TRAINING_COMPLETED, event -> event.getRunId().equals(run));
        promoted =
                topics.await(EventType.MODEL_PROMOTED, event -> event.getModel().equals(MODEL));
        published = topics.await(
                EventType.MODEL_PUBLISHED, event -> event.getRunId().equals(run));
        evaluated = topics.await(
                EventType.EVALUATION_COMPLETED, event -> event.getRunId().equals(run));
        started = topics.await(
                EventType.TRAINING_STARTED, event -> event.getRunId().equals(run));
        epochs = topics.of(EventType.EPOCH_COMPLETED).stream()
                .filter(published -> published.payload().getRunId().equals(run))
                .toList();
        pipeline.awaitServed(MODEL, 1);
    }

    private void awaitWaiting() {
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.training("/runs/" + run))
                        .then()
                        .statusCode(200)
                        .body("state", is("waiting"))
                        .body("reason", is("dataset " + DATASET + " isn't ingested yet")));
    }

    private void ingest() {
        given().contentType(ContentType.JSON)
                .body("""
                        {"dataset": "%s", "source": {"folder": "%s"}, "validationSize": %d,
                         "labelNames": ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9"]}""".formatted(DATASET, pipeline.source(DATASET, 7), BarPictures.VALIDATION))
                .post(pipeline.ingestion("/datasets"))
                .then()
                .statusCode(202);
    }

    @Test
    void eachEventIsDecidedAfterThoseThatItRestsOn() {
        assertThat(topicsOf(
                        all(),
                        Comparator.comparing(published -> published.event().time())))
                .isEqualTo(expected("model-promoted", "model-published"));
    }

    /** A version is published before the label that points at it, though the label's journal decides both. */
    @Test
    void eachEventIsToldAfterThoseThatItRestsOn() {
        assertThat(topicsOf(
                        all(),
                        Comparator.comparing(published -> published.record().timestamp())))
                .filteredOn(topic -> !topic.equals("dataset-ready"))
                .isEqualTo(expected("model-published", "model-promoted").subList(1, EPOCHS + 6));
    }

    private static List<String> topicsOf(List<PublishedEvent<?>> events, Comparator<PublishedEvent<?>> order) {
        return events.stream()
                .sorted(order)
                .map(published -> published.event().type().topic())
                .toList();
    }

    private static List<String> expected(String... end) {
        return Stream.of(
                        Stream.of("dataset-ready", "training-started"),
                        Stream.generate(() -> "epoch-completed").limit(EPOCHS),
                        Stream.of("training-completed", "evaluation-completed"),
                        Stream.of(end))
                .flatMap(part -> part)
                .toList();
    }

    @Test
    void eachEventIsABinaryCloudEventUnderTheIdOfItsJournalsEntry() {
        assertThat(all()).allSatisfy(published -> {
            assertThat(published.header("ce_specversion")).contains("1.0");
            assertThat(published.header("ce_type"))
                    .contains(published.event().type().name());
            assertThat(published.header("content-type")).contains("application/protobuf");
            assertThat(published.header("ce_id")).contains(published.id());
            assertThat(published.id()).matches("[a-z]+/[a-z0-9/._-]+/journal/[1-9][0-9]*");
            assertThat(published.record().value()).isEqualTo(published.payload().toByteArray());
            assertThat(published.record().key())
                    .isEqualTo(published.event().key().orElseThrow());
        });
        assertThat(all()).extracting(PublishedEvent::id).doesNotHaveDuplicates();
        assertThat(ofTheRun()).extracting(PublishedEvent::owner).containsOnly("runs/" + run);
        assertThat(ofTheRun()).extracting(PublishedEvent::entry).isSorted();
        assertThat(List.of(ready.owner(), evaluated.owner(), published.owner(), promoted.owner()))
                .containsExactly(
                        "datasets/" + DATASET,
                        "evaluations/" + run,
                        "evaluations/" + run,
                        "models/" + MODEL + "/labels/stable");
        assertThat(all().stream().map(published -> published.event().source()).distinct())
                .containsExactlyInAnyOrder("/catwalk/ingestion", "/catwalk/training", "/catwalk/evaluation");
        assertThat(Map.of(
                        ready.record().key(),
                        DATASET,
                        trained.record().key(),
                        run,
                        published.record().key(),
                        MODEL + "/1",
                        promoted.record().key(),
                        MODEL + "/stable"))
                .allSatisfy((key, expected) -> assertThat(key).isEqualTo(expected));
    }

    @Test
    void theRunIsTheOneThatTheBareRecordStandsFor() {
        assertThat(requested.record().headers()).isEmpty();
        assertThat(started.payload().getEpochs()).isEqualTo(EPOCHS);
        assertThat(started.payload().getBatchSize()).isEqualTo(32);
        assertThat(started.payload().getSeed()).isEqualTo(42);
        assertThat(started.payload().getStepsPerEpoch()).isEqualTo(BarPictures.TRAIN / 32);
        assertThat(epochs)
                .extracting(published -> published.payload().getEpoch())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, EPOCHS).boxed().toList());
    }

    @Test
    void digestsAgreeAlongTheChain() {
        String data = ready.payload().getDigest();
        assertThat(List.of(
                        started.payload().getDatasetDigest(),
                        trained.payload().getDatasetDigest(),
                        evaluated.payload().getDatasetDigest(),
                        published.payload().getDatasetDigest()))
                .containsOnly(data);
        String model = trained.payload().getModelDigest();
        assertThat(List.of(
                        evaluated.payload().getModelDigest(),
                        published.payload().getModelDigest(),
                        promoted.payload().getModelDigest(),
                        pipeline.classify(MODEL, LABEL).digest()))
                .containsOnly(model);
        JsonPath manifest = when().get(pipeline.evaluation("/models/" + MODEL + "/versions/1"))
                .then()
                .statusCode(200)
                .header("ETag", '"' + published.payload().getManifestDigest() + '"')
                .extract()
                .jsonPath();
        assertThat(manifest.<String, String>getMap("digests"))
                .containsEntry("data", data)
                .containsEntry("request", trained.payload().getRequestDigest())
                .containsEntry("weights", trained.payload().getWeightsDigest())
                .containsEntry("model", model)
                .containsEntry("report", evaluated.payload().getReportDigest())
                .containsEntry("page", evaluated.payload().getReportPageDigest());
    }

    @Test
    void allThreeWaysToAskClassifyAsTheModelLearned() {
        assertThat(evaluated.payload().getTest().getAccuracy()).isGreaterThan(0.8);
        assertThat(pipeline.classify(MODEL, LABEL).label()).isEqualTo("l" + LABEL);
        List<Float> v1 = given().contentType(ContentType.JSON)
                .urlEncodingEnabled(false)
                .body("{\"instances\": [%s]}".formatted(Arrays.toString(BarPictures.values(LABEL))))
                .post(pipeline.serving("/v1/models/" + MODEL + ":predict"))
                .then()
                .statusCode(200)
                .header("catwalk-version", "1")
                .header("catwalk-digest", trained.payload().getModelDigest())
                .extract()
                .path("predictions[0]");
        assertThat(highest(v1)).isEqualTo(LABEL);
        List<Float> v2 = given().contentType(ContentType.JSON)
                .body("""
                        {"id": "q1", "inputs": [{"name": "images", "shape": [1, 28, 28, 1], "datatype": "FP32", "data": %s}]}""".formatted(Arrays.toString(BarPictures.values(LABEL))))
                .post(pipeline.serving("/v2/models/" + MODEL + "/infer"))
                .then()
                .statusCode(200)
                .body("id", is("q1"))
                .body("model_version", is("1"))
                .extract()
                .path("outputs[0].data");
        assertThat(v2).isEqualTo(v1);
    }

    private static int highest(List<Float> probabilities) {
        return IntStream.range(0, probabilities.size())
                .boxed()
                .max(Comparator.comparing(probabilities::get))
                .orElseThrow();
    }

    @Test
    void theReportAndTheCurvesAreThere() {
        when().get(pipeline.evaluation("/evaluations/" + run + "/report.json"))
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("ETag", '"' + evaluated.payload().getReportDigest() + '"');
        String page = when().get(pipeline.evaluation("/evaluations/" + run + "/report.html"))
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .extract()
                .asString();
        assertThat(page).contains(run, "data:image/png;base64,");
        String curves = when().get(pipeline.training("/runs/" + run + "/curves.csv"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(curves.lines()).hasSize(1 + EPOCHS);
        EpochCompleted last = epochs.getLast().payload();
        assertThat(curves.lines().toList().getLast())
                .startsWith("%d,%s,%s,%s,%s,"
                        .formatted(
                                EPOCHS,
                                last.getTrain().getLoss(),
                                last.getTrain().getAccuracy(),
                                last.getValidation().getLoss(),
                                last.getValidation().getAccuracy()));
    }

    @Test
    void eachServiceAnswersForItsHealthItsRoutesAndItsFigures() {
        for (String service : SERVICES) {
            when().get(pipeline.management(service, "/q/health"))
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"));
            for (String moved : List.of("/q/health", "/q/health/ready", "/q/metrics")) {
                when().get(address(service, moved)).then().statusCode(404);
            }
            when().get(address(service, "/q/openapi?format=json"))
                    .then()
                    .statusCode(200)
                    .body("info.title", is("Catwalk " + service));
        }
        assertThat(metrics("ingestion"))
                .contains("catwalk_events_total{outcome=\"accepted\",topic=\"dataset-requested\"");
        assertThat(metrics("training"))
                .contains("catwalk_events_total{outcome=\"accepted\",topic=\"training-requested\"")
                .contains("catwalk_training_loss{model=\"whole\",run=\"%s\",split=\"train\"}".formatted(run))
                .contains("catwalk_training_loss{model=\"whole\",run=\"%s\",split=\"validation\"}".formatted(run))
                .contains("catwalk_training_accuracy{model=\"whole\",run=\"%s\",split=\"validation\"}".formatted(run))
                .contains("catwalk_training_epoch{run=\"%s\"} %d.0".formatted(run, EPOCHS))
                .contains("catwalk_training_learning_rate{")
                .contains("catwalk_training_images_per_second{")
                .contains("catwalk_epoch_seconds{")
                .contains("catwalk_runs{state=\"running\"}")
                .contains("catwalk_jobs_total{kind=\"run\",outcome=\"succeeded\"}");
        assertThat(metrics("evaluation"))
                .contains("catwalk_events_total{outcome=\"accepted\",topic=\"training-completed\"");
        pipeline.classify(MODEL, LABEL);
        String served = metrics("serving");
        assertThat(served.lines().filter(line -> line.startsWith("catwalk_inference_seconds_bucket{")))
                .anyMatch(
                        line -> Stream.of("model=\"whole\"", "version=\"1\"", "protocol=", "engine=", "outcome=", "le=")
                                .allMatch(line::contains));
        assertThat(served)
                .contains("catwalk_inference_phase_seconds_bucket{")
                .contains("catwalk_batch_size_count{")
                .contains("catwalk_queue_depth{")
                .contains("catwalk_predictions_total{label=\"l3\",model=\"whole\",version=\"1\"}");
    }

    private String metrics(String service) {
        return when().get(pipeline.management(service, "/q/metrics"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private URI address(String service, String path) {
        return switch (service) {
            case "ingestion" -> pipeline.ingestion(path);
            case "training" -> pipeline.training(path);
            case "evaluation" -> pipeline.evaluation(path);
            case "serving" -> pipeline.serving(path);
            default -> throw new IllegalArgumentException(service);
        };
    }

    private List<PublishedEvent<?>> ofTheRun() {
        return Stream.of(Stream.of(started), epochs.stream(), Stream.of(trained))
                .<PublishedEvent<?>>flatMap(part -> part)
                .toList();
    }

    private List<PublishedEvent<?>> all() {
        return Stream.of(Stream.of(ready), ofTheRun().stream(), Stream.of(evaluated, published, promoted))
                .<PublishedEvent<?>>flatMap(part -> part)
                .toList();
    }
}
