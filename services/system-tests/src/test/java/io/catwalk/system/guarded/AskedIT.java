package io.catwalk.system.guarded;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.system.Keyholder;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Who asked for runs, sweeps, ingestions and evaluations, and for their ends, over HTTP with two keys and over Kafka. */
class AskedIT {
    /** Far more than a test waits for. */
    private static final String LONG = "\"epochs\": 10000, \"publish\": false";

    private final Pipeline pipeline = SharedPipelines.guarded();

    @Test
    void aRunAndItsCancelTellWhoseKeysAskedForThem() {
        post(Keyholder.ANN, pipeline.training("/runs"), Pipeline.trainingRequest("keys", "asked", LONG));
        post(Keyholder.BEN, pipeline.training("/runs"), Pipeline.trainingRequest("keys", "asked", LONG));
        post(Keyholder.BEN, pipeline.training("/runs/keys/cancel"), "{\"reason\": \"enough\"}");

        JsonNode run = awaitState(pipeline.training("/runs/keys"), "cancelled");
        assertSubject(run.path("askedBy"), "ann");
        assertSubject(run.path("cancelledBy"), "ben");
    }

    /** An event that is delivered again, or sent again by somebody else, changes nothing of who asked. */
    @Test
    void repeatedRecordsChangeNothing() {
        post(Keyholder.ANN, pipeline.training("/runs"), Pipeline.trainingRequest("repeated", "asked", LONG));
        post(Keyholder.BEN, pipeline.training("/runs/repeated/cancel"), "");
        JsonNode run = awaitState(pipeline.training("/runs/repeated"), "cancelled");

        for (EventType<?> type : List.of(EventType.TRAINING_REQUESTED, EventType.TRAINING_CANCEL_REQUESTED)) {
            ConsumerRecord<String, byte[]> original = original(type, "repeated");
            ProducerRecord<String, byte[]> again = new ProducerRecord<>(
                    original.topic(), original.partition(), original.key(), original.value(), original.headers());
            pipeline.topics().send(again);
        }
        sendBehind(
                "after-repeated",
                original(EventType.TRAINING_REQUESTED, "repeated").partition());

        assertThat(json(pipeline.training("/runs/repeated"))).isEqualTo(run);
    }

    /** A record with the id of what somebody asked for over HTTP, and another content, is nobody's but its producer's. */
    @Test
    void aForgedCancelIsOfItsRecord() {
        post(Keyholder.ANN, pipeline.training("/runs"), Pipeline.trainingRequest("wanted", "asked", LONG));
        post(Keyholder.ANN, pipeline.training("/runs"), Pipeline.trainingRequest("unwanted", "asked", LONG));
        post(Keyholder.ANN, pipeline.training("/runs/unwanted/cancel"), "");
        String id = pipeline.topics()
                .await(
                        EventType.TRAINING_CANCEL_REQUESTED,
                        cancel -> cancel.getRunId().equals("unwanted"))
                .id();
        RecordMetadata place = pipeline.topics()
                .send(new EventEncoder(Topics.unprefixed())
                        .encode(new Event<>(
                                id,
                                "/catwalk/training",
                                EventType.TRAINING_CANCEL_REQUESTED,
                                Instant.now(),
                                TrainingCancelRequested.newBuilder()
                                        .setRunId("wanted")
                                        .build())));

        JsonNode forged = awaitState(pipeline.training("/runs/wanted"), "cancelled");
        assertSubject(forged.path("askedBy"), "ann");
        assertPlace(forged.path("cancelledBy"), "training-cancel-requested", place, "/catwalk/training");
        assertSubject(
                awaitState(pipeline.training("/runs/unwanted"), "cancelled").path("cancelledBy"), "ann");
    }

    @Test
    void aRunOverKafkaAndItsEvaluationTellTheirRecords() {
        RecordMetadata place =
                pipeline.send("training-requested", Pipeline.trainingRequest("bare", "asked", "\"epochs\": 1"));
        PublishedPlace completed = completed("bare");

        assertPlace(
                awaitState(pipeline.training("/runs/bare"), "completed").path("askedBy"),
                "training-requested",
                place,
                "/topics/training-requested");
        JsonNode record = awaitState(pipeline.evaluation("/evaluations/bare"), "succeeded")
                .at("/askedBy/record");
        assertThat(record.path("topic").asText()).isEqualTo("training-completed");
        assertThat(record.path("partition").asInt()).isEqualTo(completed.partition());
        assertThat(record.path("offset").asLong()).isEqualTo(completed.offset());
        assertThat(record.path("source").asText()).startsWith("/catwalk/training");
    }

    @Test
    void aSweepTellsWhoAskedAndIsWhatAskedForItsRuns() {
        post(Keyholder.ANN, pipeline.training("/sweeps"), """
                {"sweepId": "asked-sweep", "parallelRuns": 1, "training": {"dataset": "%s", "model": "asked",
                 "batchSize": 32, "epochs": 10000}, "parameters": [{"field": "learningRate", "values": [0.001, 0.002]}]}""".formatted(Pipeline.DATASET));
        String run = await().atMost(Pipeline.TIMEOUT)
                .until(
                        () -> json(pipeline.training("/sweeps/asked-sweep"))
                                .at("/trials/0/runs/0/runId")
                                .asText(),
                        found -> !found.isEmpty());
        post(Keyholder.BEN, pipeline.training("/sweeps/asked-sweep/cancel"), "");

        JsonNode sweep = awaitState(pipeline.training("/sweeps/asked-sweep"), "cancelled");
        assertSubject(sweep.path("askedBy"), "ann");
        assertSubject(sweep.path("cancelledBy"), "ben");
        JsonNode first = awaitState(pipeline.training("/runs/" + run), "cancelled");
        assertThat(first.at("/askedBy/cause").asText()).isEqualTo("sweeps/asked-sweep");
        assertThat(first.at("/cancelledBy/cause").asText()).isEqualTo("sweeps/asked-sweep");
    }

    @Test
    void anIngestionAndItsCancelTellWhoseKeysAskedForThem() throws IOException {
        URI waiting = pipeline.ingestion("/ingestions/stalled");
        Path folder = pipeline.source("stalled", 3);
        stall(folder);
        post(
                Keyholder.ANN,
                pipeline.ingestion("/datasets"),
                "{\"ingestionId\": \"stalled\", \"dataset\": \"stalled\", \"source\": {\"folder\": \"%s\"}}"
                        .formatted(folder));
        assertSubject(awaitState(waiting, "waiting").path("askedBy"), "ann");
        post(Keyholder.BEN, pipeline.ingestion("/ingestions/stalled/cancel"), "");

        assertSubject(awaitState(waiting, "cancelled").path("cancelledBy"), "ben");
        assertThat(json(pipeline.ingestion("/ingestions")).findValuesAsText("cause"))
                .containsExactly("catalogue");
    }

    /** Makes its files ones that are there and can't be read: links to themselves. */
    private static void stall(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
                Files.createSymbolicLink(file, file);
            }
        }
    }

    /** Where a result was published. */
    private record PublishedPlace(int partition, long offset) {}

    private PublishedPlace completed(String run) {
        pipeline.awaitTrained(run);
        ConsumerRecord<String, byte[]> record = original(EventType.TRAINING_COMPLETED, run);
        return new PublishedPlace(record.partition(), record.offset());
    }

    private ConsumerRecord<String, byte[]> original(EventType<?> type, String run) {
        return pipeline.topics()
                .all()
                .filter(record -> record.topic().equals(type.topic()) && run.equals(record.key()))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a run is there that was requested behind all else on its partition. */
    private void sendBehind(String run, int partition) {
        pipeline.send(
                "training-requested",
                partition,
                Pipeline.trainingRequest(run, "asked", "\"epochs\": 1, \"publish\": false"));
        awaitState(pipeline.training("/runs/" + run), "completed");
    }

    private static void post(Keyholder holder, URI address, String body) {
        with(holder)
                .contentType(ContentType.JSON)
                .body(body)
                .post(address)
                .then()
                .statusCode(202);
    }

    private static RequestSpecification with(Keyholder holder) {
        return given().headers(Map.of("Authorization", "Bearer " + holder.key().secret()));
    }

    private static JsonNode awaitState(URI address, String state) {
        await(address + " is " + state)
                .atMost(Pipeline.TIMEOUT)
                .untilAsserted(() ->
                        with(Keyholder.BEN).get(address).then().statusCode(200).body("state", is(state)));
        return json(address);
    }

    private static JsonNode json(URI address) {
        try {
            return new ObjectMapper().readTree(with(Keyholder.BEN).get(address).asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSubject(JsonNode asker, String key) {
        assertThat(asker.path("subject").path("kind").asText()).isEqualTo("key");
        assertThat(asker.path("subject").path("name").asText()).isEqualTo(key);
        assertThat(Instant.parse(asker.path("subject").path("time").asText())).isBeforeOrEqualTo(Instant.now());
    }

    private static void assertPlace(JsonNode asker, String topic, RecordMetadata place, String source) {
        assertThat(asker.has("subject")).isFalse();
        JsonNode record = asker.path("record");
        assertThat(record.path("topic").asText()).isEqualTo(topic);
        assertThat(record.path("partition").asInt()).isEqualTo(place.partition());
        assertThat(record.path("offset").asLong()).isEqualTo(place.offset());
        assertThat(record.path("source").asText()).isEqualTo(source);
    }
}
