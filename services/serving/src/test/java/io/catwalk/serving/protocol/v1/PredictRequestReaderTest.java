package io.catwalk.serving.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.v1.PredictRequest.Form;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictRequestReaderTest {
    private static final PredictRequestReader READER =
            new PredictRequestReader(new Signature("images", new ImageShape(2, 2, 1), "probabilities", 2), 3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[[[[0.1],[0.2]],[[0.3],[0.4]]]]}",
                "{\"instances\":[[[0.1,0.2],[0.3,0.4]]]}",
                "{\"instances\":[[0.1,0.2,0.3,0.4]]}",
                "{\"instances\":[{\"images\":[[0.1,0.2],[0.3,0.4]]}]}",
                "{\"signature_name\":\"serving_default\",\"extra\":{\"a\":[1]},\"instances\":[[0.1,0.2,0.3,0.4]]}",
                "{\"signature_name\":\"\",\"instances\":[[0.1,0.2,0.3,0.4]]}"
            })
    void readsTheRowForm(String body) {
        PredictRequest request = read(body);

        assertThat(request.form()).isEqualTo(Form.ROW);
        assertThat(request.images().count()).isEqualTo(1);
        assertThat(request.images().values()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\":[[0.1,0.2,0.3,0.4],[1,1,1,1]]}",
                "{\"inputs\":{\"images\":[[[0.1,0.2],[0.3,0.4]],[[1,1],[1,1]]]}}"
            })
    void readsTheColumnForm(String body) {
        PredictRequest request = read(body);

        assertThat(request.form()).isEqualTo(Form.COLUMN);
        assertThat(request.images().count()).isEqualTo(2);
        assertThat(request.images().values()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 1, 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                            | the body must have instances or inputs
                    {"instances":[]}                              | instances must not be empty
                    {"instances":{}}                              | instances must be an array
                    {"instances":[[1,2,3]]}                       | instances must have the shape [n,2,2,1] or [n,4], not [1, 3]
                    {"instances":[1,2,3,4]}                       | instances must have the shape [n,2,2,1] or [n,4], not [4]
                    {"instances":[[[1,2]],[[3,4]]]}               | instances must have the shape [n,2,2,1] or [n,4], not [2, 1, 2]
                    {"instances":[[1,2,3,4],[1,2,3]]}             | instances[1] has length 3, the arrays before it have length 4
                    {"instances":[{"images":[1,2,3,4]},[1,2]]}    | instances[1] must be an object, as the ones before
                    {"instances":[{"image":[1,2,3,4]}]}           | instances[0] must hold only the model's input 'images'
                    {"instances":[{}]}                            | instances[0] must hold the model's input 'images'
                    {"instances":[{"images":[1,2,3,4]},{"images":[1,2]}]} | instances[1] has the shape [2], the ones before have the shape [4]
                    {"instances":[{"images":[1,2,3,"x"]}]}        | instances[0].images[3] must be a number or an array, not a string
                    {"instances":[[1,2,3,4]],"inputs":[[1,2,3,4]]} | the body must have either instances or inputs, not both
                    {"instances":[[0,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]} | instances must hold at most 3 images a request, that is 12 numbers at 4 an image
                    {"signature_name":"other","instances":[[1,2,3,4]]} | signature_name must be serving_default, the model has no other
                    {"signature_name":1}                          | signature_name must be a string
                    [1]                                           | the body must be a JSON object
                    {"instances":[[1,2,3,4]]} x                   | the body isn't JSON as it is read here: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), at byte 26
                    {"instances":[[1,2,3,4]]}{}                   | something follows the JSON object in the body
                    """)
    void namesTheError(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"instances\":[[1,2,3,4]],\"instances\":[[1,2,3,4]]}", "{\"a\":\"\\uD800"})
    void refusesInvalidJson(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(RefusedException.class);
    }

    private static PredictRequest read(String body) {
        return READER.read(body.getBytes(StandardCharsets.UTF_8));
    }

    /** One long instance and many short ones: the answer must not cost their number times the length of the first. */
    @Test
    void instancesOfOtherShapesCostNoMoreThanTheyBring() {
        PredictRequestReader reader =
                new PredictRequestReader(new Signature("images", new ImageShape(28, 28, 1), "probabilities", 2), 1_024);
        String first = "{\"images\":[" + "0,".repeat(800_000) + "0]}";
        byte[] body = ("{\"instances\":[" + first + ",{\"images\":[0]}".repeat(1_000) + "]}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(ParserProperty.refusesWith(RefusedException.class)
                        .allocates(1 << 20, 20)
                        .check(body.length, () -> reader.read(body)))
                .as("refused")
                .isEmpty();
    }
}
