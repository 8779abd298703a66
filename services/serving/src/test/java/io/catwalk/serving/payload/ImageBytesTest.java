package io.catwalk.serving.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.catwalk.serving.v1.ImageEncoding;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ImageBytesTest {
    /** What clients make of a picture: each level divided by 255. */
    @Test
    void everyLevelIsOneByte() {
        float[] levels = new float[256];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = level / 255f;
        }
        ImageBytes bytes = ImageBytes.of(levels);

        assertThat(bytes.encoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_UINT8);
        for (int level = 0; level < levels.length; level++) {
            assertThat(Byte.toUnsignedInt(bytes.bytes().byteAt(level))).isEqualTo(level);
        }
    }

    @Property
    void anyValueIsKeptExactly(@ForAll @Size(max = 20) float[] values) {
        assertThat(bits(decoded(ImageBytes.of(values)))).isEqualTo(bits(values));
    }

    @Test
    void oneOtherValueMakesAllFloats() {
        assertThat(ImageBytes.of(new float[] {0, 1, 0.3f}).encoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_FLOAT32);
        assertThat(ImageBytes.of(new float[] {-0f}).encoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_FLOAT32);
        assertThat(ImageBytes.of(new float[] {256 / 255f}).encoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_FLOAT32);
    }

    private static float[] decoded(ImageBytes bytes) {
        byte[] raw = bytes.bytes().toByteArray();
        boolean levels = bytes.encoding() == ImageEncoding.IMAGE_ENCODING_UINT8;
        float[] values = new float[levels ? raw.length : raw.length / Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < values.length; index++) {
            values[index] = levels ? Byte.toUnsignedInt(raw[index]) / 255f : buffer.getFloat();
        }
        return values;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int index = 0; index < values.length; index++) {
            bits[index] = Float.floatToRawIntBits(values[index]);
        }
        return bits;
    }
}
