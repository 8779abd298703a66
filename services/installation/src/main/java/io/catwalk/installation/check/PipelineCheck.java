package io.catwalk.installation.check;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.client.PipelineClient;
import io.catwalk.client.PipelineException;
import io.catwalk.client.Probabilities;
import io.catwalk.dataset.ImageSet;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.NotYetException;
import io.catwalk.installation.Patience;
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

    private final ObjectStore store;
    private final PipelineClient client;
    private final Patience patience;
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    PipelineCheck(ObjectStore store, PipelineClient client, Patience patience) {
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
        long version = evaluate(id);
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
        patience.await("ingestion", () -> ask(() -> client.requestIngestion(request.toString())));
        JsonNode ingestion = awaitState("the ingestion", () -> client.ingestion(id), "succeeded");
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
        patience.await("training", () -> ask(() -> client.requestRun(request.toString())));
        JsonNode run = awaitState("the run", () -> client.run(id), "completed");
        LOG.info("trained: {}", run.path("latest"));
    }

    private long evaluate(String id) throws InterruptedException {
        JsonNode evaluation = awaitState("the evaluation", () -> client.evaluation(id), "succeeded");
        JsonNode decision = evaluation.path("decided").path("decision");
        if (!decision.path("outcome").asText().equals("promoted")) {
            throw new InstallationException("the model wasn't promoted: " + decision);
        }
        LOG.info("published and promoted: {}", decision.path("reason").asText());
        return decision.path("candidate").path("version").asLong();
    }

    private void predict(ImageSet images, long version) throws InterruptedException {
        String instances = instances(images);
        Probabilities answer = patience.await("version " + version + " to be served", () -> {
            Probabilities given = ask(() -> client.predict(NAME, instances));
            if (given.version() != version) {
                throw new NotYetException("version " + given.version() + " answers");
            }
            return given;
        });
        int right = requireRight(answer, images);
        LOG.info("predicted: {} of {} right, by version {}", right, PREDICTED, version);
    }

    private void keepPredicting(ImageSet images, Duration time) throws InterruptedException {
        String instances = instances(images);
        LOG.info("predicting for {}", time);
        Instant end = patience.clock().instant().plus(time);
        int requests = 0;
        while (patience.clock().instant().isBefore(end)) {
            requests++;
            try {
                requireRight(client.predict(NAME, instances), images);
            } catch (PipelineException e) {
                throw new InstallationException("request " + requests + " failed: " + e.getMessage());
            }
        }
        LOG.info("{} requests, none failed", requests);
    }

    private static int requireRight(Probabilities answer, ImageSet images) {
        int right = (int) IntStream.range(0, PREDICTED)
                .filter(image -> answer.best(image) == images.label(image))
                .count();
        if (right < PREDICTED - 1) {
            throw new InstallationException(right + " of " + PREDICTED + " predictions are right, must be "
                    + (PREDICTED - 1) + " or more: " + answer.predictions());
        }
        return right;
    }

    private String instances(ImageSet images) {
        ObjectNode request = json.objectNode();
        ArrayNode instances = request.putArray("instances");
        for (int image = 0; image < images.count(); image++) {
            instances.add(values(images, image));
        }
        return request.toString();
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

    private static <T> T ask(Supplier<T> request) throws NotYetException {
        try {
            return request.get();
        } catch (PipelineException e) {
            if (e.isTemporary()) {
                throw new NotYetException(String.valueOf(e.getMessage()));
            }
            throw new InstallationException(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode awaitState(String what, Supplier<JsonNode> job, String wanted) throws InterruptedException {
        return patience.await(what, () -> {
            JsonNode answer = ask(job);
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
