package io.catwalk.evaluation.rollout.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.api.Test;

class LoggedRequestTest {
    @Test
    void givesBytesAsValuesFromZeroToOne() {
        LoggedRequest request = LoggedEvents.request(
                0,
                LoggedEvents.of("fashion", 1, LoggedEvents.digest(1), true).toBuilder()
                        .setImages(ByteString.copyFrom(new byte[] {0, 51, (byte) 200, (byte) 255}))
                        .build());

        assertThat(request.images(0, 1)).containsExactly(0, 51 / 255f, 200 / 255f, 1);
        assertThat(request.classes(0, 1)).containsExactly(1);
        assertThat(request.signature()).isEqualTo(new ModelSignature(new ImageShape(2, 2, 1), 2));
    }

    @Test
    void givesFloatsAsTheyAre() {
        LoggedRequest request = LoggedEvents.request(0, LoggedEvents.floats(false));

        assertThat(request.images(0, 1)).containsExactly(1, 0, 1, 0);
        assertThat(request.classes(0, 1)).containsExactly(0);
    }

    @Test
    void givesPartsOfItsImages() {
        var left = LoggedEvents.of("fashion", 1, LoggedEvents.digest(1), false);
        var right = LoggedEvents.of("fashion", 1, LoggedEvents.digest(1), true);
        LoggedRequest request = LoggedEvents.request(
                0,
                left.toBuilder()
                        .setImageCount(2)
                        .setImages(left.getImages().concat(right.getImages()))
                        .addAllProbabilities(right.getProbabilitiesList())
                        .build());

        assertThat(request.count()).isEqualTo(2);
        assertThat(request.images(1, 1)).containsExactly(0, 1, 0, 1);
        assertThat(request.classes(1, 1)).containsExactly(1);
        assertThat(request.classes(0, 2)).containsExactly(0, 1);
    }
}
