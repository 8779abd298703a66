package io.catwalk.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;

import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.loop.TinyNetwork;
import io.catwalk.training.v1.EpochCompleted;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

class EventFileContentTest {
    @Test
    void theReadersChecksumIsCastagnolis() {
        assertThat(ReadEvents.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xe3069283);
    }

    @Test
    void anEpochsFileHoldsItsFiguresAtItsStepAndTime() {
        ReadEvents read = ReadEvents.of(EpochEvents.file(Shown.TIME, Shown.epoch(2), Shown.weights()));
        assertThat(read.events()).extracting(Event::getWallTime).containsOnly(Shown.TIME.getEpochSecond() + 0.125);
        assertThat(read.events().getFirst().getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(read.events().subList(1, 3)).extracting(Event::getStep).containsOnly(20L);
        assertThat(read.scalars())
                .containsOnlyKeys(
                        "loss/train",
                        "accuracy/train",
                        "loss/last_batch",
                        "accuracy/last_batch",
                        "loss/validation",
                        "accuracy/validation",
                        "loss/test",
                        "accuracy/test",
                        "learning_rate",
                        "images_per_second")
                .containsEntry("loss/validation", List.of(0.5f))
                .containsEntry("accuracy/test", List.of(0.8125f))
                .containsEntry("learning_rate", List.of(0.001f));
        assertThat(read.histograms()).containsOnlyKeys("weights/dense_1.kernel", "weights/dense_1.bias");
    }

    @Test
    void testFiguresAreThereOnlyWhereTheRunAskedForThem() {
        EpochCompleted untested = Shown.epoch(2).toBuilder().clearTest().build();
        assertThat(ReadEvents.of(EpochEvents.file(Shown.TIME, untested, List.of()))
                        .scalars())
                .doesNotContainKeys("loss/test", "accuracy/test");
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        assertThat(Digest.of(EpochEvents.file(Shown.TIME, Shown.epoch(2), Shown.weights())))
                .isEqualTo(Digest.of(EpochEvents.file(Shown.TIME, Shown.epoch(2), Shown.weights())));
        assertThat(Digest.of(Shown.opening())).isEqualTo(Digest.of(Shown.opening()));
    }

    @Test
    void theOpeningHoldsGraphAndSamples() throws IOException {
        List<Event> events = ReadEvents.of(Shown.opening()).events();
        GraphDef graph = GraphDef.parseFrom(events.get(1).getGraphDef());
        try (TrainingSession session = TinyNetwork.open(0.01f, 1)) {
            assertThat(graph).isEqualTo(session.graphDefinition());
        }
        Summary.Image image = events.get(2).getSummary().getValue(0).getImage();
        var picture = ImageIO.read(
                new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
        assertThat(image.getWidth()).isEqualTo(picture.getWidth());
        assertThat(image.getHeight()).isEqualTo(picture.getHeight());
        assertThat(image.getColorspace()).isEqualTo(3);
    }

    @Test
    void aChangedBitIsSeen() {
        byte[] file = EpochEvents.file(Shown.TIME, Shown.epoch(1), List.of());
        file[file.length / 2] ^= 1;
        assertThatThrownBy(() -> ReadEvents.of(file)).isInstanceOf(AssertionError.class);
    }
}
