package io.catwalk.system.open;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Instant;
import java.util.Map;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.system.DeadLetter;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that can't be met, that come twice, or that contradict each other. */
class RequestsIT {
    private static final String TOPIC = EventType.TRAINING_REQUESTED.topic();
    private static final String ONCE = "\"epochs\": 1, \"publish\": false";

    private final Pipeline pipeline = SharedPipelines.open();

    @Tag("fault-14")
    @Test
    void poisonGoesToDeadLettersWithTheReasonAndTheNextRecordProceeds() {
        String broken = "{\"dataset\": \"fashion-mnist\", ";
        String impossible = Pipeline.trainingRequest("impossible", "requests", "\"epochs\": -1");
        pipeline.send(TOPIC, 0, broken);
        pipeline.send(TOPIC, 0, impossible);
        pipeline.send(TOPIC, 0, Pipeline.trainingRequest("after-poison", "requests", ONCE));

        assertThat(pipeline.awaitTrained("after-poison").getEpochs()).isEqualTo(1);
        assertThat(pipeline.topics().deadLetters())
                .anySatisfy(letter -> {
                    assertThat(letter.value()).isEqualTo(broken);
                    assertThat(letter.topic()).isEqualTo(TOPIC);
                    assertThat(letter.reason()).startsWith("value is not JSON");
                })
                .anySatisfy(letter -> {
                    assertThat(letter.value()).isEqualTo(impossible);
                    assertThat(letter.reason()).isEqualTo("epochs is -1, must be 1 to 10000");
                });
        when().get(pipeline.training("/runs/impossible")).then().statusCode(404);
    }

    @Test
    void theSameEventTwiceIsOneRun() {
        Event<TrainingRequested> event = new Event<>(
                "order-7",
                "/shop",
                EventType.TRAINING_REQUESTED,
                Instant.now(),
                TrainingRequested.newBuilder()
                        .setDataset(Pipeline.DATASET)
                        .setModel("twice")
                        .setEpochs(1)
                        .setBatchSize(32)
                        .setPublish(false)
                        .build());
        double repeated = repeatedRequests();
        sendTo(0, event);
        String run = pipeline.topics()
                .await(
                        EventType.TRAINING_COMPLETED,
                        completed -> completed.getModel().equals("twice"))
                .payload()
                .getRunId();
        assertThat(run).isEqualTo(event.requestId());

        sendTo(1, event);
        await().atMost(Pipeline.TIMEOUT).until(() -> repeatedRequests() == repeated + 1);
        pipeline.send(TOPIC, 1, Pipeline.trainingRequest("after-twice", "requests", ONCE));
        pipeline.awaitTrained("after-twice");

        assertThat(pipeline.topics().of(EventType.TRAINING_COMPLETED))
                .filteredOn(published -> published.payload().getModel().equals("twice"))
                .hasSize(1);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(1));
    }

    @Test
    void theSameIdWithAnotherBodyIsAConflict() {
        pipeline.send(TOPIC, 2, Pipeline.trainingRequest("claimed-id", "requests", ONCE));
        String other = Pipeline.trainingRequest("claimed-id", "requests", "\"epochs\": 2, \"publish\": false");
        pipeline.send(TOPIC, 2, other);

        TrainingCompleted completed = pipeline.awaitTrained("claimed-id");
        assertThat(completed.getEpochs()).isEqualTo(1);
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> assertThat(pipeline.topics().deadLetters())
                        .filteredOn(letter -> letter.value().equals(other))
                        .singleElement()
                        .satisfies(letter -> assertThat(letter.reason()).contains("claimed-id")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "training-requested | {\"dataset\":\"d\",\"model\":\"m\",\"Epochs\":2} | Epochs is not a field of a training request; did you mean epochs?",
                "training-requested | {\"dataset\":\"d\",\"model\":\"m\",\"learning-rate\":0.1} | learning-rate is not a field of a training request; did you mean learningRate?",
                "training-requested | {\"dataset\":\"d\",\"model\":\"m\",\"optimizer\":{\"adam\":{\"beta_one\":0.5}}} | optimizer.adam.beta_one is not a field of a training request; did you mean beta1?",
                "dataset-requested | {\"dataset\":\"d\",\"labels\":[\"a\"]} | labels is not a field of a dataset request; did you mean labelNames?",
                "sweep-requested | {\"paralelRuns\":2} | paralelRuns is not a field of a sweep request; did you mean parallelRuns?",
                "promotion-requested | {\"model\":\"m\",\"versoin\":1} | versoin is not a field of a promotion request; did you mean version?",
                "training-cancel-requested | {\"runid\":\"a\"} | runid is not a field of a training cancel request; did you mean runId?",
            })
    void aMisspeltFieldIsADeadLetterInEveryForm(String topic, String json, String reason) {
        String type = EventType.all().stream()
                .filter(known -> known.topic().equals(topic))
                .findFirst()
                .orElseThrow()
                .name();
        String structured =
                "{\"specversion\":\"1.0\",\"id\":\"misspelt\",\"source\":\"/me\",\"type\":\"%s\",\"data\":%s}"
                        .formatted(type, json);
        send(topic, json, Map.of());
        send(
                topic,
                json + " ",
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "misspelt",
                        "ce_source", "/me",
                        "ce_type", type,
                        "content-type", "application/json"));
        send(topic, structured, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));

        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> assertThat(pipeline.topics().deadLetters())
                        .filteredOn(letter ->
                                letter.topic().equals(topic) && letter.reason().equals(reason))
                        .extracting(DeadLetter::value)
                        .containsExactlyInAnyOrder(json, json + " ", structured));
    }

    @Test
    void aCancelOfAnUnknownRunShowsNoneAndKeepsItsEffect() {
        String cancels = EventType.TRAINING_CANCEL_REQUESTED.topic();
        double accepted = events(cancels, "accepted");
        pipeline.send(cancels, "{\"runId\": \"unheard\", \"reason\": \"not this one\"}");
        await().atMost(Pipeline.TIMEOUT).until(() -> events(cancels, "accepted") == accepted + 1);

        when().get(pipeline.training("/runs/unheard")).then().statusCode(404);
        when().get(pipeline.training("/runs?limit=1000")).then().statusCode(200).body("runId", not(hasItem("unheard")));

        pipeline.send(TOPIC, Pipeline.trainingRequest("unheard", "requests", ONCE));
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.training("/runs/unheard"))
                        .then()
                        .statusCode(200)
                        .body("state", is("cancelled"))
                        .body("reason", is("not this one"))
                        .body("attempts", is(0)));
    }

    private void send(String topic, String value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, value.getBytes(UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        pipeline.topics().send(message);
    }

    private void sendTo(int partition, Event<? extends Message> event) {
        ProducerRecord<String, byte[]> encoded = new EventEncoder(Topics.unprefixed()).encode(event);
        pipeline.topics()
                .send(new ProducerRecord<>(
                        encoded.topic(), partition, encoded.key(), encoded.value(), encoded.headers()));
    }

    private double repeatedRequests() {
        return events(TOPIC, "repeated");
    }

    private double events(String topic, String outcome) {
        return when().get(pipeline.management("training", "/q/metrics"))
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("catwalk_events_total{outcome=\"%s\",topic=\"%s\"".formatted(outcome, topic)))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
