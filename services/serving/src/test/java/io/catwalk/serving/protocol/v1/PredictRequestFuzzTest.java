package io.catwalk.serving.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

class PredictRequestFuzzTest {
    private static final int MAX_IMAGES = 64;
    private static final ImageShape IMAGE = new ImageShape(4, 4, 1);
    private static final PredictRequestReader READER =
            new PredictRequestReader(new Signature("images", IMAGE, "probabilities", 2), MAX_IMAGES);
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(RefusedException.class).allocates(1 << 18, 300);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{`instances`:[[[0.1,2e-1,0.3,1],[0,0,0,0],[1,1,1,1],[-1,-0.5,1e3,7]]]}",
                        "{`signature_name`:`serving_default`,`instances`:[{`images`:[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]}]}",
                        "{`inputs`:{`images`:[[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]]},`extra`:{`a`:[null,true,`b`]}}",
                        "{`inputs`:[[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,1e38]]}")
                .map(text -> text.replace('`', '"').getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] body) {
        PROPERTY.check(body.length, () -> READER.read(body)).ifPresent(request -> {
            assertThat(request.images().count()).isBetween(1, MAX_IMAGES);
            assertThat(request.images().values()).hasSize(request.images().count() * Math.toIntExact(IMAGE.size()));
        });
    }
}
