package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.time.Instant;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that can't be met, that come twice, or that contradict each other. */
@ExtendWith(SharedPipeline.class)
class RequestsIT {
    private static final String TOPIC = EventType.TRAINING_REQUESTED.topic();
    private static final String ONCE = "\"epochs\": 1, \"publish\": false";

    private final Pipeline pipeline;

    RequestsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

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
        await().atMost(Pipeline.PATIENCE).until(() -> repeatedRequests() == repeated + 1);
        pipeline.send(TOPIC, 1, Pipeline.trainingRequest("after-twice", "requests", ONCE));
        pipeline.awaitTrained("after-twice");

        assertThat(pipeline.topics().of(EventType.TRAINING_COMPLETED))
                .filteredOn(told -> told.payload().getModel().equals("twice"))
                .hasSize(1);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(1));
    }

    @Test
    void theSameIdWithAnotherBodyIsAConflict() {
        pipeline.send(TOPIC, 2, Pipeline.trainingRequest("taken-id", "requests", ONCE));
        String other = Pipeline.trainingRequest("taken-id", "requests", "\"epochs\": 2, \"publish\": false");
        pipeline.send(TOPIC, 2, other);

        TrainingCompleted completed = pipeline.awaitTrained("taken-id");
        assertThat(completed.getEpochs()).isEqualTo(1);
        await().atMost(Pipeline.PATIENCE)
                .untilAsserted(() -> assertThat(pipeline.topics().deadLetters())
                        .filteredOn(letter -> letter.value().equals(other))
                        .singleElement()
                        .satisfies(letter -> assertThat(letter.reason()).contains("taken-id")));
    }

    private void sendTo(int partition, Event<? extends Message> event) {
        ProducerRecord<String, byte[]> encoded = new EventEncoder(Topics.unprefixed()).encode(event);
        pipeline.topics()
                .send(new ProducerRecord<>(
                        encoded.topic(), partition, encoded.key(), encoded.value(), encoded.headers()));
    }

    private double repeatedRequests() {
        return when().get(pipeline.training("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith("catwalk_events_total{outcome=\"repeated\",topic=\"" + TOPIC))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
