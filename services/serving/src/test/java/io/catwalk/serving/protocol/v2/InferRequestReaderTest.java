package io.catwalk.serving.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferRequestReaderTest {
    private static final InferRequestReader READER =
            new InferRequestReader(new Signature("images", new ImageShape(2, 2, 1), "probabilities", 2), 3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`name`:`images`,`shape`:[1,2,2,1],`datatype`:`FP32`,`data`:[0.2,0.4,0.6,1]}",
                "{`data`:[[[0.2,0.4],[0.6,1]]],`datatype`:`FP32`,`shape`:[1,2,2],`name`:`images`}",
                "{`name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[[0.2,0.4,0.6,1]]}",
                "{`name`:`images`,`shape`:[1,2,2,1],`datatype`:`UINT8`,`data`:[51,102,153,255]}"
            })
    void readsNestedAndFlatDataOfBothDatatypes(String input) {
        InferRequest request = read("{`id`:`7`,`inputs`:[" + input + "]}");

        assertThat(request.id()).contains("7");
        assertThat(request.images().values()).containsExactly(0.2f, 0.4f, 0.6f, 1f);
        assertThat(request.outputs()).containsExactly(new OutputForm.Numbers());
    }

    @Property(tries = 100)
    void readsAnyFloatsThatFollowInBinary(@ForAll @Size(8) float[] values) {
        ByteBuffer binary = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        binary.asFloatBuffer().put(values);
        String json = json("{`inputs`:[{`name`:`images`,`shape`:[2,2,2,1],`datatype`:`FP32`,"
                + "`parameters`:{`binary_data_size`:32}}]}");
        InferRequest request = READER.read(join(json, binary.array()), OptionalInt.of(json.length()));

        assertThat(request.images().count()).isEqualTo(2);
        assertThat(request.images().values()).containsExactly(values);
    }

    @Test
    void readsBytesThatFollowInBinary() {
        String json = json("{`inputs`:[{`name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,"
                + "`parameters`:{`binary_data_size`:4}}]}");
        InferRequest request =
                READER.read(join(json, new byte[] {0, 51, (byte) 204, (byte) 255}), OptionalInt.of(json.length()));

        assertThat(request.images().values()).containsExactly(0, 0.2f, 0.8f, 1);
    }

    @Test
    void aRawBodyIsOneFloatTensorAndAnsweredInBinary() {
        ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        body.asFloatBuffer().put(new float[] {0, 0.25f, 0.5f, 1});
        InferRequest request = READER.read(body.array(), OptionalInt.of(0));

        assertThat(request.images().values()).containsExactly(0, 0.25f, 0.5f, 1);
        assertThat(request.outputs()).containsExactly(new OutputForm.Binary());
        assertThatThrownBy(() -> READER.read(new byte[15], OptionalInt.of(0)))
                .hasMessage("a raw body must hold whole images of 16 bytes (float32), its length is 15");
    }

    @Test
    void readsWhatOutputsAreAskedFor() {
        InferRequest request = read("{`parameters`:{`binary_data_output`:true},`outputs`:[{`name`:`probabilities`},"
                + "{`name`:`probabilities`,`parameters`:{`binary_data`:false}},"
                + "{`name`:`probabilities`,`parameters`:{`classification`:9}}],"
                + "`inputs`:[{`name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0,0]}]}");

        assertThat(request.outputs())
                .containsExactly(new OutputForm.Binary(), new OutputForm.Numbers(), new OutputForm.TopClasses(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    {}                                                | inputs must hold one tensor, the model''s ''images'', not 0
                    {`inputs`:[I,I]}                                  | inputs must hold one tensor, the model''s ''images'', not 2
                    {`inputs`:I}                                      | inputs must be an array
                    {`inputs`:[5]}                                    | inputs[0] must be an object
                    {`id`:5}                                          | id must be a string
                    """)
    void namesTheErrorInTheRequest(String body, String message) {
        String input = "{`name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0,0]}";
        assertThatThrownBy(() -> read(body.replace("I", input)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message.replace("''", "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    `shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0,0]                    | inputs[0].name is missing
                    `name`:`x`,`shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0,0]         | inputs[0].name must be ''images'', the model''s input
                    `name`:`images`,`datatype`:`FP32`,`data`:[0,0,0,0]                  | inputs[0].shape is missing
                    `name`:`images`,`shape`:[1,4],`data`:[0,0,0,0]                      | inputs[0].datatype is missing
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP64`,`data`:[0,0,0,0]    | inputs[0].datatype must be FP32 or UINT8
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`                     | inputs[0] must have either data or parameters.binary_data_size
                    `name`:`images`,`shape`:[],`datatype`:`FP32`,`data`:[0]             | inputs[0].shape must have at least 1 dimension
                    `name`:`images`,`shape`:[-1,4],`datatype`:`FP32`,`data`:[0]         | inputs[0].shape must hold positive integers, not -1
                    `name`:`images`,`shape`:[0,4],`datatype`:`FP32`,`data`:[0]          | inputs[0].shape must hold positive integers, not 0
                    `name`:`images`,`shape`:[1.5,4],`datatype`:`FP32`,`data`:[0]        | inputs[0].shape[0] must be an integer
                    `name`:`images`,`shape`:[4,4],`datatype`:`FP32`,`data`:[0]          | inputs[0] must hold at most 3 images a request, that is 12 numbers at 4 an image
                    `name`:`images`,`shape`:[4294967296,4294967296],`datatype`:`FP32`,`data`:[0] | inputs[0] must hold at most 3 images a request, that is 12 numbers at 4 an image
                    `name`:`images`,`shape`:[1,1,1,1,1,1,1,1,1],`datatype`:`FP32`,`data`:[0] | inputs[0].shape must have at most 8 dimensions
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0]      | inputs[0].data has the shape [3], which isn''t its declared shape [1, 4]
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[[0,0],[0,0]] | inputs[0].data has the shape [2, 2], which isn''t its declared shape [1, 4]
                    `name`:`images`,`shape`:[2,2],`datatype`:`FP32`,`data`:[0,0,0,0]    | inputs[0] must have the shape [n,2,2,1] or [n,4], not [2, 2]
                    `name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,`data`:[0,0,0,256] | inputs[0].data must hold integers from 0 to 255, as its datatype is UINT8
                    `name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,`data`:[0,0,0,0.5] | inputs[0].data must hold integers from 0 to 255, as its datatype is UINT8
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`parameters`:{`binary_data_size`:15} | inputs[0].parameters.binary_data_size must be 16 for the shape [1, 4] of FP32, not 15
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`parameters`:{`binary_data_size`:16} | inputs[0].parameters.binary_data_size is 16, but 0 bytes follow the JSON
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[`a`]        | inputs[0].data[0] must be a number or an array, not a string
                    """)
    void namesTheErrorInTheInput(String input, String message) {
        assertThatThrownBy(() -> read("{`inputs`:[{" + input + "}]}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message.replace("''", "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    {`name`:`logits`}                                                     | outputs must name ''probabilities'' alone, the model has no other output
                    {}                                                                    | outputs[0].name is missing
                    {`name`:`probabilities`,`parameters`:{`classification`:0}}            | outputs[0].parameters.classification must be an integer from 1 to 2^31-1
                    {`name`:`probabilities`,`parameters`:{`binary_data`:1}}               | outputs[0].parameters.binary_data must be true or false
                    {`name`:`probabilities`,`parameters`:{`binary_data`:true,`classification`:1}} | outputs: classification can''t be combined with binary_data
                    """)
    void namesTheErrorInTheOutputs(String output, String message) {
        assertThatThrownBy(() -> read("{`outputs`:[" + output
                        + "],`inputs`:[{`name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[0,0,0,0]}]}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message.replace("''", "'"));
    }

    @Test
    void refusesHundredThousandOutputs() {
        String outputs = "{`name`:`probabilities`},".repeat(100_000);
        assertThatThrownBy(() -> read("{`outputs`:[" + outputs + "{}]}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("outputs must hold at most 16 tensors");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 17, Integer.MAX_VALUE})
    void refusesAJsonLengthOutsideTheBody(int length) {
        assertThatThrownBy(() -> READER.read(new byte[16], OptionalInt.of(length)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Inference-Header-Content-Length must be from 0 to the body's length 16, not " + length);
    }

    @Property(tries = 300)
    void anyBytesAreRefusedAsBadInput(@ForAll @Size(max = 64) byte[] body, @ForAll int length) {
        try {
            READER.read(body, OptionalInt.of(length));
        } catch (RefusedException e) {
            assertThat(e.refusal()).isEqualTo(Refusal.BAD_INPUT);
        }
    }

    private static InferRequest read(String body) {
        return READER.read(json(body).getBytes(StandardCharsets.UTF_8), OptionalInt.empty());
    }

    private static String json(String text) {
        return text.replace('`', '"');
    }

    private static byte[] join(String json, byte[] binary) {
        byte[] body = Arrays.copyOf(json.getBytes(StandardCharsets.UTF_8), json.length() + binary.length);
        System.arraycopy(binary, 0, body, json.length(), binary.length);
        return body;
    }
}
