package io.catwalk.events.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import com.google.protobuf.util.Durations;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.training.v1.Gate;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final String DIGEST = "sha256:" + "0f".repeat(32);

    @Test
    void trainingRequestWithoutAnythingIsTheTutorials() {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setDataset("fashion-mnist")
                .setModel("fashion")
                .build();

        assertThat(TrainingRequest.from(request, "r1"))
                .isEqualTo(new TrainingRequest(
                        "r1",
                        new DatasetReference("fashion-mnist", Optional.empty()),
                        "fashion",
                        "tutorial-cnn",
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        42,
                        false,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        true,
                        new PromotionGate(0.005, 0.80),
                        Optional.empty(),
                        Optional.empty(),
                        request));
    }

    @Test
    void trainingRequestKeepsWhatItGives() {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setDataset("d@" + DIGEST)
                .setModel("m")
                .setNetwork("tutorial-cnn-dropout")
                .setEpochs(5)
                .setBatchSize(64)
                .setLearningRate(0.01)
                .setSeed(0)
                .setTestEachEpoch(true)
                .setCheckpointInterval(
                        com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(5))
                .setDeadline(com.google.protobuf.Duration.newBuilder().setSeconds(60))
                .setPublish(false)
                .setGate(Gate.newBuilder().setMaxRegression(0))
                .setContinueFrom("r0")
                .setResumeFrom("r00")
                .build();

        assertThat(TrainingRequest.from(request, "r1"))
                .isEqualTo(new TrainingRequest(
                        "r1",
                        new DatasetReference("d", Optional.of(DIGEST)),
                        "m",
                        "tutorial-cnn-dropout",
                        OptionalInt.of(5),
                        OptionalInt.of(64),
                        OptionalDouble.of(0.01),
                        0,
                        true,
                        Duration.ofSeconds(1, 5),
                        Optional.of(Duration.ofMinutes(1)),
                        false,
                        new PromotionGate(0, 0.80),
                        Optional.of("r0"),
                        Optional.of("r00"),
                        request));
    }

    @Test
    void gateIsTheSameAfterAMessage() {
        PromotionGate gate = new PromotionGate(0, 0.9);

        assertThat(PromotionGate.from(gate.toMessage())).isEqualTo(gate);
    }

    @Test
    void datasetReferencesAreWrittenAsRead() {
        for (String text : List.of("fashion-mnist", "fashion-mnist@" + DIGEST)) {
            assertThat(DatasetReference.parse(text)).hasToString(text);
        }
        for (String text : List.of("", "a@", "a@sha256:", "A", "a@" + DIGEST + "0", "a@" + DIGEST.toUpperCase())) {
            assertThat(DatasetReference.isValid(text)).isFalse();
            assertThatThrownBy(() -> DatasetReference.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DatasetReference("a", Optional.of("b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ingestionRequestTakesFiveThousandForValidation() {
        DatasetRequested request = DatasetRequested.newBuilder()
                .setDataset("d")
                .setSource(DatasetSource.newBuilder().setUrl("https://example.org/mnist/"))
                .addLabelNames("a")
                .addLabelNames("b")
                .build();

        assertThat(IngestionRequest.from(request, "i1"))
                .isEqualTo(new IngestionRequest(
                        "i1",
                        "d",
                        new DatasetPlace.Url(URI.create("https://example.org/mnist/")),
                        List.of("a", "b"),
                        5000,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(IngestionRequest.from(
                                request.toBuilder()
                                        .setDeadline(Durations.fromMinutes(90))
                                        .build(),
                                "i1")
                        .deadline())
                .contains(Duration.ofMinutes(90));
    }

    @Test
    void eachPlaceIsOneOfThree() {
        assertThat(DatasetPlace.from(DatasetSource.newBuilder().setFolder("/f").build()))
                .isEqualTo(new DatasetPlace.Folder("/f"));
        assertThat(DatasetPlace.from(
                        DatasetSource.newBuilder().setStorePrefix("p/").build()))
                .isEqualTo(new DatasetPlace.StorePrefix("p/"));
        assertThatThrownBy(() -> DatasetPlace.from(DatasetSource.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source must name one place");
    }

    @Test
    void promotionRequestMovesStable() {
        assertThat(PromotionRequest.from(
                        PromotionRequested.newBuilder()
                                .setModel("m")
                                .setVersion(3)
                                .build(),
                        "p1"))
                .isEqualTo(new PromotionRequest("p1", "m", "stable", 3, Optional.empty()));
        assertThat(PromotionRequest.from(
                                PromotionRequested.newBuilder()
                                        .setModel("m")
                                        .setLabel("canary")
                                        .setVersion(3)
                                        .build(),
                                "p1")
                        .label())
                .isEqualTo("canary");
    }

    @Test
    void cancelRequestHasAReason() {
        assertThat(CancelRequest.from(
                        TrainingCancelRequested.newBuilder().setRunId("r1").build()))
                .isEqualTo(new CancelRequest("r1", "cancelled on request"));
        assertThat(CancelRequest.from(TrainingCancelRequested.newBuilder()
                                .setRunId("r1")
                                .setReason("wrong data")
                                .build())
                        .reason())
                .isEqualTo("wrong data");
    }
}
