package io.catwalk.local.fake;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.evaluation.v1.SplitScore;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.FailureKind;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingRequested;
import io.catwalk.training.v1.TrainingStarted;

/**
 * Any of the four services, by the name that its environment gives. A file {@code orders} beside its jar may make it
 * {@code die} at its work, {@code fail} the run, {@code reject} the model, or {@code hang}.
 */
public final class FakeService {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private final Map<String, String> environment = System.getenv();
    private final String name = environment.get("CATWALK_NODE_NAME");
    private final FakeTopics topics = new FakeTopics(name, environment.get("KAFKA_BOOTSTRAP_SERVERS"));
    private final String orders;

    private FakeService(String orders) {
        this.orders = orders;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        Path jar = Path.of(System.getProperty("java.class.path").split(":")[0]);
        Path orders = jar.resolveSibling("orders");
        new FakeService(Files.exists(orders) ? Files.readString(orders) : "").run();
    }

    private void run() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(name + " stopped")));
        System.out.println(name + " starts with " + environment.get("CATWALK_STORE_ENDPOINT"));
        serve();
        switch (name) {
            case "ingestion" -> topics.publish(EventType.DATASET_READY, dataset());
            case "training" -> topics.follow(EventType.TRAINING_REQUESTED, this::train);
            case "evaluation" -> topics.follow(EventType.TRAINING_COMPLETED, this::evaluate);
            case "serving" -> {
                // Only answers.
            }
            default -> throw new IllegalStateException("CATWALK_NODE_NAME is " + name);
        }
    }

    private void serve() throws IOException {
        HttpServer management = server("QUARKUS_MANAGEMENT_PORT");
        answer(management, "/q/health/ready", "{\"status\":\"UP\"}");
        management.start();
        HttpServer server = server("QUARKUS_HTTP_PORT");
        answer(server, "/runs/", "{\"step\":215,\"totalSteps\":858}");
        answer(server, "/evaluations/", "<html>report</html>");
        answer(server, "/v1/models/fashion:classify-image", """
                {"model":"fashion","version":1,"digest":"%s","predictions":[
                  {"label":"Ankle boot","probability":0.9},{"label":"Sneaker","probability":0.1}]}""".formatted(DIGEST));
        server.start();
    }

    private HttpServer server(String port) throws IOException {
        return HttpServer.create(
                new InetSocketAddress(environment.get("QUARKUS_HTTP_HOST"), Integer.parseInt(environment.get(port))),
                0);
    }

    private static void answer(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private DatasetReady dataset() {
        Path folder = Path.of(environment.get("CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER"));
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " isn't there");
        }
        return DatasetReady.newBuilder()
                .setDataset("fashion-mnist")
                .setIngestionId("catalogue")
                .setDigest(DIGEST)
                .addAllLabelNames(LABELS)
                .setEntry(1)
                .build();
    }

    private void train(TrainingRequested request) {
        TrainingStarted.Builder started = TrainingStarted.newBuilder()
                .setRunId(request.getRunId())
                .setModel(request.getModel())
                .setDataset(request.getDataset())
                .setDatasetDigest(DIGEST)
                .setNetwork(request.getNetwork())
                .setEpochs(request.getEpochs())
                .setStepsPerEpoch(429)
                .setBatchSize(128)
                .setAttempt(1);
        topics.publish(EventType.TRAINING_STARTED, started.build());
        switch (orders) {
            case "die" -> {
                System.out.println("out of memory");
                System.exit(3);
            }
            case "hang" -> System.out.println("hanging");
            case "fail" -> topics.publish(EventType.TRAINING_FAILED, failed(request));
            default -> finish(request);
        }
    }

    private static TrainingFailed failed(TrainingRequested request) {
        System.out.println("the loss is NaN");
        return TrainingFailed.newBuilder()
                .setRunId(request.getRunId())
                .setModel(request.getModel())
                .setKind(FailureKind.FAILURE_KIND_DIVERGED)
                .setReason("the loss became NaN at step 12")
                .build();
    }

    private void finish(TrainingRequested request) {
        Metrics metrics = Metrics.newBuilder().setLoss(0.25).setAccuracy(0.9).build();
        for (int epoch = 1; epoch <= request.getEpochs(); epoch++) {
            EpochCompleted.Builder completed = EpochCompleted.newBuilder()
                    .setRunId(request.getRunId())
                    .setModel(request.getModel())
                    .setEpoch(epoch)
                    .setEpochs(request.getEpochs())
                    .setStep(429L * epoch)
                    .setTrain(metrics)
                    .setValidation(metrics)
                    .setImagesPerSecond(2400);
            topics.publish(EventType.EPOCH_COMPLETED, completed.build());
        }
        TrainingCompleted.Builder completed = TrainingCompleted.newBuilder()
                .setRunId(request.getRunId())
                .setModel(request.getModel())
                .setDataset(request.getDataset())
                .setDatasetDigest(DIGEST)
                .setNetwork(request.getNetwork())
                .setModelDigest(DIGEST)
                .setWeightsDigest(DIGEST)
                .setRequestDigest(DIGEST);
        topics.publish(EventType.TRAINING_COMPLETED, completed.build());
    }

    private void evaluate(TrainingCompleted trained) {
        EvaluationCompleted.Builder evaluated = EvaluationCompleted.newBuilder()
                .setRunId(trained.getRunId())
                .setModel(trained.getModel())
                .setDataset(trained.getDataset())
                .setDatasetDigest(DIGEST)
                .setModelDigest(DIGEST)
                .setReportDigest(DIGEST)
                .setReportPageDigest(DIGEST)
                .setTest(SplitScore.newBuilder().setAccuracy(0.90124));
        topics.publish(EventType.EVALUATION_COMPLETED, evaluated.build());
        if (orders.equals("reject")) {
            topics.publish(EventType.MODEL_REJECTED, rejected(trained));
        } else {
            publish(trained);
        }
    }

    private static ModelRejected rejected(TrainingCompleted trained) {
        return ModelRejected.newBuilder()
                .setRunId(trained.getRunId())
                .setModel(trained.getModel())
                .setReason("test accuracy is 0.7, must be at least 0.8")
                .setEntry(1)
                .build();
    }

    private void publish(TrainingCompleted trained) {
        ModelPublished.Builder published = ModelPublished.newBuilder()
                .setModel(trained.getModel())
                .setVersion(1)
                .setRunId(trained.getRunId())
                .setManifestDigest(DIGEST)
                .setModelDigest(DIGEST)
                .setDataset(trained.getDataset())
                .setDatasetDigest(DIGEST)
                .setEntry(1);
        topics.publish(EventType.MODEL_PUBLISHED, published.build());
        ModelPromoted.Builder promoted = ModelPromoted.newBuilder()
                .setModel(trained.getModel())
                .setLabel("stable")
                .setVersion(1)
                .setModelDigest(DIGEST)
                .setCause("evaluations/" + trained.getRunId())
                .setEntry(1);
        topics.publish(EventType.MODEL_PROMOTED, promoted.build());
    }
}
