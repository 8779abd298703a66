package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void zerosAreShownAndAbsentMessagesAreNot() {
        EpochCompleted epoch = EpochCompleted.newBuilder()
                .setRunId("r1")
                .setEpoch(1)
                .setTrain(Metrics.newBuilder().setLoss(0.5))
                .build();

        assertThat(EventJson.toJson(epoch)).isEqualTo("""
                {"runId":"r1","model":"","epoch":1,"epochs":0,"step":"0","train":{"loss":0.5,"accuracy":0.0},\
                "learningRate":0.0,"seconds":0.0,"imagesPerSecond":0.0}""");
    }

    @Test
    void fieldsWithPresenceAreShownOnlyWhereSet() {
        assertThat(EventJson.toJson(TrainingRequested.newBuilder().setEpochs(0).build()))
                .isEqualTo("""
                {"runId":"","dataset":"","model":"","network":"","epochs":0,"layers":[],\
                "precision":"","continueFrom":"","resumeFrom":""}""");
    }

    @Test
    void journalsAreReadWithoutRules() throws JsonProcessingException {
        assertThat(EventJson.fromJson(EventType.TRAINING_REQUESTED, tree("""
                        {"epochs":0,"later":1}""")).getEpochs())
                .isZero();
    }

    @Test
    void brokenJournalsNameTheField() {
        assertThatThrownBy(() -> EventJson.fromJson(EventType.EPOCH_COMPLETED, tree("""
                        {"train":{"loss":"low"}}""")))
                .isInstanceOf(BadEventException.class)
                .hasMessage("train.loss is \"low\", must be a number");
        assertThatThrownBy(() -> EventJson.fromJson(EventType.EPOCH_COMPLETED, tree("[]")))
                .isInstanceOf(BadEventException.class)
                .hasMessage("value is not a JSON object");
    }

    @Test
    void requestsOverHttpAreReadStrictly() {
        assertThatThrownBy(() -> EventJson.read(
                        EventType.TRAINING_REQUESTED, "{\"epochs\":1,\"epochs\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadEventException.class)
                .hasMessage("epochs stands twice");
    }

    /** As a journal reads it. */
    private static JsonNode tree(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }
}
