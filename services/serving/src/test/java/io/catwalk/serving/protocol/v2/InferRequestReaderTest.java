package io.catwalk.serving.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.ShortRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferRequestReaderTest {
    private static final InferRequestReader READER = new InferRequestReader(
            new Signature("images", new ImageShape(2, 2, 1), "probabilities", 2), 3, InferRequestReaderTest::picture);

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
    void readsAnyFloatsThatFollowInBinary(
            @ForAll @Size(8) List<@FloatRange(min = 0, max = 1) @Scale(10) Float> values) {
        ByteBuffer binary = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(binary::putFloat);
        String json = json("{`inputs`:[{`name`:`images`,`shape`:[2,2,2,1],`datatype`:`FP32`,"
                + "`parameters`:{`binary_data_size`:32}}]}");
        InferRequest request = READER.read(join(json, binary.array()), OptionalInt.of(json.length()));

        assertThat(request.images().count()).isEqualTo(2);
        assertThat(request.images().values()).containsExactly(values.toArray(Float[]::new));
    }

    @Test
    void readsBytesThatFollowInBinary() {
        String json = json("{`inputs`:[{`name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,"
                + "`parameters`:{`binary_data_size`:4}}]}");
        InferRequest request =
                READER.read(join(json, new byte[] {0, 51, (byte) 204, (byte) 255}), OptionalInt.of(json.length()));

        assertThat(request.images().values()).containsExactly(0, 0.2f, 0.8f, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "UINT8, 0033ccff",
        "UINT16, 00003300cc00ff00",
        "UINT32, 0000000033000000cc000000ff000000",
        "UINT64, 00000000000000003300000000000000cc00000000000000ff00000000000000",
        "INT16, 00003300cc00ff00",
        "INT32, 0000000033000000cc000000ff000000",
        "INT64, 00000000000000003300000000000000cc00000000000000ff00000000000000"
    })
    void readsIntegersOfEveryWidthAsPixelValues(String datatype, String binary) {
        float[] expected = {0, 51 / 255f, 204 / 255f, 1};

        assertThat(binary(datatype, "[1,4]", bytes(binary)).images().values()).containsExactly(expected);
        assertThat(number(datatype, "[0,51,204,255]").images().values()).containsExactly(expected);
        assertThat(number(datatype, "[[[[0],[51]],[[204],[255]]]]").images().values())
                .containsExactly(expected);
    }

    @Test
    void anInt8ReachesTo127() {
        float[] expected = {0, 1 / 255f, 126 / 255f, 127 / 255f};

        assertThat(binary("INT8", "[1,4]", bytes("00017e7f")).images().values()).containsExactly(expected);
        assertThat(number("INT8", "[0,1,126,127]").images().values()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    INT8   | 000080ff                                                         | integers from 0 to 127 | 2 is -128
                    UINT16 | 0000ff0000010000                                                 | integers from 0 to 255 | 2 is 256
                    INT16  | 0000ffff00000000                                                 | integers from 0 to 255 | 1 is -1
                    UINT32 | 00000000000000000000000000000080                                 | integers from 0 to 255 | 3 is 2147483648
                    INT32  | 00000000000000000000000000000080                                 | integers from 0 to 255 | 3 is -2147483648
                    UINT64 | 0000000000000000000000000000000000000000000000000000000000000080 | integers from 0 to 255 | 3 is 9223372036854775808
                    INT64  | 0100000000000100000000000000000000000000000000000000000000000000 | integers from 0 to 255 | 0 is 281474976710657
                    FP16   | 00000000007c003c                                                 | finite float32 numbers | 2 is Infinity
                    BF16   | 000000000000c07f                                                 | finite float32 numbers | 3 is NaN
                    FP32   | 000000000000c07f0000000000000000                                 | finite float32 numbers | 1 is NaN
                    FP64   | 9c7500883ce4377e000000000000000000000000000000000000000000000000 | finite float32 numbers | 0 is 1.0E300
                    """)
    void refusesBinaryValuesThatTheDatatypeDoesNotAllow(String datatype, String binary, String range, String value) {
        assertThatThrownBy(() -> binary(datatype, "[1,4]", bytes(binary)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("inputs[0] must hold " + range + ", as its datatype is " + datatype + ", value " + value);
    }

    @Property
    void readsEveryHalfPrecisionNumberInTheRange(@ForAll @Size(4) List<@ShortRange(max = 0x3c00) Short> bits) {
        ByteBuffer binary = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bits.forEach(binary::putShort);
        float[] values = binary("FP16", "[1,4]", binary.array()).images().values();

        for (int index = 0; index < 4; index++) {
            assertThat(values[index]).isEqualTo(halfPrecision(bits.get(index)));
            assertThat(Float.floatToFloat16(values[index])).isEqualTo(bits.get(index));
        }
    }

    @Property
    void readsEveryBfloat16InTheRangeAsItsUpperHalfOfAFloat(
            @ForAll @Size(4) List<@ShortRange(max = 0x3f80) Short> bits) {
        ByteBuffer binary = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bits.forEach(binary::putShort);
        float[] values = binary("BF16", "[1,4]", binary.array()).images().values();

        for (int index = 0; index < 4; index++) {
            int exponent = bits.get(index) >> 7;
            int fraction = bits.get(index) & 0x7f;
            double reference = exponent == 0
                    ? Math.scalb(fraction / 128.0, -126)
                    : Math.scalb(1 + fraction / 128.0, exponent - 127);
            assertThat((double) values[index]).isEqualTo(reference);
        }
    }

    @Property
    void roundsDoublesToTheNearestFloat(
            @ForAll @Size(4) List<@DoubleRange(min = 0, max = 1) @Scale(20) Double> numbers) {
        ByteBuffer binary = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        numbers.forEach(binary::putDouble);
        float[] values = binary("FP64", "[1,4]", binary.array()).images().values();

        for (int index = 0; index < 4; index++) {
            assertThat(values[index]).isEqualTo(new BigDecimal(numbers.get(index)).floatValue());
        }
    }

    @Test
    void aTieIsRoundedToEven() {
        assertThat(number("FP64", "[0.500000029802322387695312500,0.5000000894069671630859375,1,0]")
                        .images()
                        .values())
                .containsExactly(0.5f, 0.50000012f, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`name`:`images`,`shape`:[2],`datatype`:`BYTES`,`data`:[`AQ==`,`Ag==`]}",
                "{`name`:`images`,`shape`:[2,1],`datatype`:`BYTES`,`data`:[`AQ==`,`Ag==`]}",
                "{`data`:[[`AQ==`],[`Ag==`]],`datatype`:`BYTES`,`shape`:[2,1],`name`:`images`}",
                "{`data`:[`AQ==`,`Ag==`],`datatype`:`BYTES`,`shape`:[2],`name`:`images`}"
            })
    void readsPicturesAsBase64(String input) {
        InferRequest request = read("{`inputs`:[" + input + "]}");

        assertThat(request.images().count()).isEqualTo(2);
        assertThat(request.images().values()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
    }

    @Test
    void readsPicturesInBinaryAfterTheirLengths() {
        for (String shape : List.of("[2]", "[2,1]")) {
            ImageBatch images = binary("BYTES", shape, bytes("01000000" + "01" + "03000000" + "020000"))
                    .images();

            assertThat(images.count()).isEqualTo(2);
            assertThat(images.values()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0100000001             | inputs[0], element 1 must be its length, 4 bytes of at least 1, and as many bytes; 0 are left for the length 0
                    0100000001000000       | inputs[0], element 1 must be its length, 4 bytes of at least 1, and as many bytes; 3 are left for the length 0
                    01000000010000000001   | inputs[0], element 1 must be its length, 4 bytes of at least 1, and as many bytes; 1 are left for the length 0
                    0100000001ffffffff01   | inputs[0], element 1 must be its length, 4 bytes of at least 1, and as many bytes; 1 are left for the length 4294967295
                    010000000101000000010a | inputs[0] has 1 bytes more than its 2 elements
                    01000000010100000009   | inputs[0], element 1: the picture must be a PNG, JPEG, WebP or BMP
                    """)
    void namesTheErrorInBinaryPictures(String binary, String message) {
        assertThatThrownBy(() -> binary("BYTES", "[2]", bytes(binary)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
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
                .containsExactly(new OutputForm.Binary(), new OutputForm.Numbers(), new OutputForm.TopClasses(2, true));
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
                    `name`:`images`,`shape`:[1,4],`datatype`:`BOOL`,`data`:[0,0,0,0]    | inputs[0].datatype must be one of UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES
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
                    `name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,`data`:[0,0,0,256] | inputs[0].data must hold integers from 0 to 255, as its datatype is UINT8, value 3 is 256
                    `name`:`images`,`shape`:[1,4],`datatype`:`UINT8`,`data`:[0,0,0,0.5] | inputs[0].data must hold integers from 0 to 255, as its datatype is UINT8, value 3 is 0.5
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`parameters`:{`binary_data_size`:15} | inputs[0].parameters.binary_data_size must be 16 for the shape [1, 4] of FP32, not 15
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`parameters`:{`binary_data_size`:16} | inputs[0].parameters.binary_data_size is 16, but 0 bytes follow the JSON
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP32`,`data`:[`a`]        | inputs[0].data[0] must be a number or an array, not a string
                    `name`:`images`,`shape`:[1,4],`datatype`:`INT8`,`data`:[0,127,128,0] | inputs[0].data must hold integers from 0 to 127, as its datatype is INT8, value 2 is 128
                    `name`:`images`,`shape`:[1,4],`datatype`:`INT64`,`data`:[-1,0,0,0]  | inputs[0].data must hold integers from 0 to 255, as its datatype is INT64, value 0 is -1
                    `name`:`images`,`shape`:[1,4],`datatype`:`FP16`,`data`:[0,0,0,0]    | inputs[0].data can''t be JSON, as its datatype is FP16, which is for binary tensor data only
                    `name`:`images`,`shape`:[1,4],`datatype`:`BF16`,`data`:[0,0,0,0]    | inputs[0].data can''t be JSON, as its datatype is BF16, which is for binary tensor data only
                    `name`:`images`,`data`:[`AA==`],`shape`:[1,4],`datatype`:`FP32`     | inputs[0].data must hold numbers, as its datatype is FP32
                    `name`:`images`,`shape`:[4],`datatype`:`BYTES`,`data`:[`AA==`]      | inputs[0] must hold at most 3 images a request, not 4
                    `name`:`images`,`shape`:[1,4],`datatype`:`BYTES`,`data`:[`AA==`]    | inputs[0].shape must be [n] or [n,1] with n from 1, as its datatype is BYTES, not [1, 4]
                    `name`:`images`,`shape`:[0],`datatype`:`BYTES`,`data`:[]            | inputs[0].data must not be empty
                    `name`:`images`,`shape`:[1],`datatype`:`BYTES`,`data`:[1]           | inputs[0].data must hold base64 strings, as its datatype is BYTES
                    `name`:`images`,`shape`:[1],`datatype`:`BYTES`,`data`:`AA==`        | inputs[0].data must be an array of numbers, not a string
                    `name`:`images`,`shape`:[2],`datatype`:`BYTES`,`data`:[`AA==`]      | inputs[0].data has 1 elements, its declared shape has 2
                    `name`:`images`,`shape`:[2],`datatype`:`BYTES`,`data`:[`AA==`,2]    | inputs[0].data[1] must be a base64 string
                    `name`:`images`,`shape`:[2],`datatype`:`BYTES`,`data`:[`AA==`,`A%`] | inputs[0].data[1] must be a base64 string
                    `name`:`images`,`shape`:[4],`datatype`:`BYTES`,`data`:[`AA==`,`AA==`,`AA==`,`AA==`] | inputs[0].data must hold at most 3 images a request, not 4
                    `name`:`images`,`shape`:[1,1],`datatype`:`BYTES`,`data`:[[[`AA==`]]] | inputs[0].data must hold base64 strings in the shape [n] or [n,1]
                    `name`:`images`,`shape`:[2,1],`datatype`:`BYTES`,`data`:[[`AA==`],[]] | inputs[0].data must hold base64 strings in the shape [n] or [n,1]
                    `name`:`images`,`shape`:[2,1],`datatype`:`BYTES`,`data`:[[`AA==`,`AA==`]] | inputs[0].data must hold base64 strings in the shape [n] or [n,1]
                    `name`:`images`,`shape`:[2],`datatype`:`BYTES`,`data`:[`AQ==`,`/w==`] | inputs[0], element 1: the picture is damaged
                    `name`:`images`,`shape`:[1],`datatype`:`BYTES`,`data`:[`CQ==`]      | inputs[0], element 0: the picture must be a PNG, JPEG, WebP or BMP
                    `name`:`images`,`shape`:[1],`datatype`:`BYTES`,`parameters`:{`binary_data_size`:9} | inputs[0].parameters.binary_data_size is 9, but 0 bytes follow the JSON
                    """)
    void namesTheErrorInTheInput(String input, String message) {
        assertThatThrownBy(() -> read("{`inputs`:[{" + input + "}]}"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.BAD_INPUT))
                .hasMessageStartingWith(message.replace("''", "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    {`name`:`logits`}                                                     | outputs must name ''probabilities'' alone, the model has no other output
                    {}                                                                    | outputs[0].name is missing
                    {`name`:`probabilities`,`parameters`:{`classification`:0}}            | outputs[0].parameters.classification must be an integer from 1 to 2^31-1
                    {`name`:`probabilities`,`parameters`:{`binary_data`:1}}               | outputs[0].parameters.binary_data must be true or false
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

    /** Reads a picture whose first byte is its grey value, 9 for another format, 255 for a damaged one. */
    private static float[] picture(byte[] content) {
        if (content[0] == 9) {
            throw new RefusedException(Refusal.UNSUPPORTED_MEDIA, "the picture must be a PNG, JPEG, WebP or BMP");
        }
        if (content[0] == -1) {
            throw RefusedException.badInput("the picture is damaged");
        }
        return new float[] {content[0], content[0], content[0], content[0]};
    }

    /** IEEE 754-2019, 3.6: binary16 of a positive number. */
    private static float halfPrecision(short bits) {
        int exponent = bits >> 10;
        int fraction = bits & 0x3ff;
        return exponent == 0 ? Math.scalb(fraction / 1024f, -14) : Math.scalb(1 + fraction / 1024f, exponent - 15);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static InferRequest number(String datatype, String data) {
        return read(
                "{`inputs`:[{`name`:`images`,`shape`:[1,2,2,1],`datatype`:`" + datatype + "`,`data`:" + data + "}]}");
    }

    private static InferRequest binary(String datatype, String shape, byte[] binary) {
        String json = json("{`inputs`:[{`name`:`images`,`shape`:" + shape + ",`datatype`:`" + datatype
                + "`,`parameters`:{`binary_data_size`:" + binary.length + "}}]}");
        return READER.read(join(json, binary), OptionalInt.of(json.length()));
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
