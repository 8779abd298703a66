package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

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
    void journalsAreReadWithoutRules() {
        assertThat(EventJson.fromJson(EventType.TRAINING_REQUESTED, """
                        {"epochs":0,"later":1}""").getEpochs())
                .isZero();
    }

    @Test
    void brokenJournalsNameTheField() {
        assertThatThrownBy(() -> EventJson.fromJson(EventType.EPOCH_COMPLETED, """
                        {"train":{"loss":"low"}}"""))
                .isInstanceOf(BadEventException.class)
                .hasMessage("train.loss is \"low\", must be a number");
        assertThatThrownBy(() -> EventJson.fromJson(EventType.EPOCH_COMPLETED, "{\"train\":"))
                .isInstanceOf(BadEventException.class)
                .hasMessageStartingWith("value is not JSON: Unexpected end-of-input");
    }

    @Test
    void requestsOverHttpAreReadStrictly() {
        assertThatThrownBy(() -> EventJson.read(
                        EventType.TRAINING_REQUESTED, "{\"epochs\":1,\"epochs\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadEventException.class)
                .hasMessage("epochs stands twice");
    }
}
