package io.catwalk.installation.check;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.dataset.ImageSet;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.NotYetException;
import io.catwalk.installation.Patience;
import io.catwalk.installation.check.PipelineClient.Answered;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes {@link CheckDataset} through ingestion, one epoch, gate and publishing, and has its test images predicted. */
final class PipelineCheck {
    static final String NAME = "installation-check";

    private static final Logger LOG = LoggerFactory.getLogger(PipelineCheck.class);
    private static final Folder INCOMING = new Folder("incoming/" + NAME + "/");
    private static final int PREDICTED = 16;

    private final CheckConfig services;
    private final ObjectStore store;
    private final PipelineClient client;
    private final Patience patience;
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    PipelineCheck(CheckConfig services, ObjectStore store, PipelineClient client, Patience patience) {
        this.services = services;
        this.store = store;
        this.client = client;
        this.patience = patience;
    }

    /**
     * Runs once.
     *
     * @param id names the ingestion and the run; fresh for each call
     * @param predictFor how long to keep predicting at the end, one request after the other
     * @throws InstallationException at the first step that fails or takes too long
     */
    void run(String id, Duration predictFor) throws InterruptedException {
        CheckDataset dataset = CheckDataset.create();
        store(dataset);
        ingest(id);
        train(id);
        String version = evaluate(id);
        ImageSet images = dataset.test().slice(0, PREDICTED);
        predict(images, version);
        if (predictFor.isPositive()) {
            keepPredicting(images, predictFor);
        }
    }

    private void store(CheckDataset dataset) throws InterruptedException {
        patience.await("the store", () -> {
            try {
                dataset.files().forEach((name, content) -> store.put(INCOMING.key(name), content));
                return dataset;
            } catch (StoreUnavailableException | StoreRefusedException e) {
                throw new NotYetException(String.valueOf(e.getMessage()));
            }
        });
        LOG.info("stored: {} training images below {}", dataset.training().count(), INCOMING);
    }

    private void ingest(String id) throws InterruptedException {
        ObjectNode request =
                json.objectNode().put("ingestionId", id).put("dataset", NAME).put("validationSize", 256);
        request.putObject("source").put("storePrefix", INCOMING.path());
        post("ingestion", services.ingestion().resolve("/datasets"), request);
        JsonNode ingestion =
                awaitState("the ingestion", services.ingestion().resolve("/ingestions/" + id), "succeeded");
        LOG.info("ingested: {}", ingestion.path("digest").asText());
    }

    private void train(String id) throws InterruptedException {
        ObjectNode request = json.objectNode()
                .put("runId", id)
                .put("dataset", NAME)
                .put("model", NAME)
                .put("epochs", 1)
                .put("batchSize", 32)
                .put("seed", 1);
        post("training", services.training().resolve("/runs"), request);
        JsonNode run = awaitState("the run", services.training().resolve("/runs/" + id), "completed");
        LOG.info("trained: {}", run.path("latest"));
    }

    private String evaluate(String id) throws InterruptedException {
        JsonNode evaluation =
                awaitState("the evaluation", services.evaluation().resolve("/evaluations/" + id), "succeeded");
        JsonNode decision = evaluation.path("decided").path("decision");
        if (!decision.path("outcome").asText().equals("promoted")) {
            throw new InstallationException("the model wasn't promoted: " + decision);
        }
        LOG.info("published and promoted: {}", decision.path("reason").asText());
        return decision.path("candidate").path("version").asText();
    }

    private void predict(ImageSet images, String version) throws InterruptedException {
        ObjectNode request = predictRequest(images);
        JsonNode predictions = patience.await("version " + version + " to be served", () -> {
            Answered answer = client.post(predictAddress(), request);
            if (!answer.version().equals(version)) {
                throw new NotYetException("version " + answer.version() + " answers");
            }
            return answer.body().path("predictions");
        });
        int right = requireRight(predictions, images);
        LOG.info("predicted: {} of {} right, by version {}", right, PREDICTED, version);
    }

    private void keepPredicting(ImageSet images, Duration time) throws InterruptedException {
        ObjectNode request = predictRequest(images);
        LOG.info("predicting for {}", time);
        Instant end = patience.clock().instant().plus(time);
        int requests = 0;
        while (patience.clock().instant().isBefore(end)) {
            requests++;
            try {
                requireRight(client.post(predictAddress(), request).body().path("predictions"), images);
            } catch (NotYetException e) {
                throw new InstallationException("request " + requests + " failed: " + e.getMessage());
            }
        }
        LOG.info("{} requests, none failed", requests);
    }

    private static int requireRight(JsonNode predictions, ImageSet images) {
        int right = Predictions.right(predictions, images);
        if (right < PREDICTED - 1) {
            throw new InstallationException(right + " of " + PREDICTED + " predictions are right, must be "
                    + (PREDICTED - 1) + " or more: " + predictions);
        }
        return right;
    }

    private URI predictAddress() {
        return services.serving().resolve("/v1/models/" + NAME + ":predict");
    }

    private ObjectNode predictRequest(ImageSet images) {
        ObjectNode request = json.objectNode();
        ArrayNode instances = request.putArray("instances");
        for (int image = 0; image < images.count(); image++) {
            instances.add(values(images, image));
        }
        return request;
    }

    private ArrayNode values(ImageSet images, int image) {
        byte[] pixels = new byte[images.shape().bytes()];
        images.copyPixels(image, pixels, 0);
        ArrayNode values = json.arrayNode(pixels.length);
        for (byte pixel : pixels) {
            values.add((pixel & 0xff) / 255f);
        }
        return values;
    }

    private void post(String service, URI address, JsonNode request) throws InterruptedException {
        patience.await(service, () -> client.post(address, request));
    }

    private JsonNode awaitState(String what, URI address, String wanted) throws InterruptedException {
        return patience.await(what, () -> {
            JsonNode answer = client.get(address);
            String state = answer.path("state").asText();
            if (state.equals(wanted)) {
                return answer;
            }
            if (state.equals("failed") || state.equals("cancelled")) {
                throw new InstallationException(
                        what + " " + state + ": " + answer.path("reason").asText());
            }
            throw new NotYetException("it is " + state);
        });
    }
}
