package io.catwalk.serving.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

class InferRequestFuzzTest {
    private static final int MAX_IMAGES = 64;
    private static final ImageShape IMAGE = new ImageShape(4, 4, 1);
    private static final int VALUES = Math.toIntExact(IMAGE.size());
    private static final InferRequestReader READER = new InferRequestReader(
            new Signature("images", IMAGE, "probabilities", 2), MAX_IMAGES, picture -> new float[VALUES]);
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(RefusedException.class).allocates(1 << 18, 300);

    /** Two bytes of the header that says how much is JSON, -1 for none; then the body. */
    static Stream<byte[]> seeds() {
        String inputs = "{`id`:`7`,`parameters`:{`binary_data_output`:true},`inputs`:[{`name`:`images`,`shape`:[1,16],";
        return Stream.of(
                seed(inputs + "`datatype`:`UINT8`,`data`:[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,255]}]}", -1, new byte[0]),
                seed(inputs + "`datatype`:`FP32`,`parameters`:{`binary_data_size`:64}}]}", 0, new byte[64]),
                seed(
                        "{`inputs`:[{`data`:[[`aGVsbG8=`],[`aGVsbG8=`]],`name`:`images`,`shape`:[2,1],`datatype`:`BYTES`}],"
                                + "`outputs`:[{`name`:`probabilities`,`parameters`:{`classification`:2}}]}",
                        -1,
                        new byte[0]),
                seed(
                        "{`inputs`:[{`name`:`images`,`shape`:[1],`datatype`:`BYTES`,`parameters`:{`binary_data_size`:5}}]}",
                        0,
                        new byte[] {1, 0, 0, 0, 7}),
                ByteBuffer.allocate(2 + 64).array());
    }

    private static byte[] seed(String json, int announced, byte[] binary) {
        byte[] text = json.replace('`', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length + binary.length)
                .putShort((short) (announced < 0 ? announced : text.length))
                .put(text)
                .put(binary)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        if (input.length < 2) {
            return;
        }
        short announced = ByteBuffer.wrap(input).getShort();
        OptionalInt jsonLength = announced == -1 ? OptionalInt.empty() : OptionalInt.of(announced);
        byte[] body = Arrays.copyOfRange(input, 2, input.length);
        PROPERTY.check(body.length, () -> READER.read(body, jsonLength)).ifPresent(request -> {
            assertThat(request.images().count()).isBetween(1, MAX_IMAGES);
            assertThat(request.images().values()).hasSize(request.images().count() * VALUES);
            assertThat(request.outputs()).isNotEmpty();
        });
    }
}
