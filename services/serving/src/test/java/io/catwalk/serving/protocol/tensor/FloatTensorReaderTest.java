package io.catwalk.serving.protocol.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTensorReaderTest {
    private static final String NOT_JSON = "the body isn't JSON as it is read here";
    private static final ImageLimit LIMIT = new ImageLimit(4, 1_024);

    @Property(tries = 300)
    void readsWhateverIsRectangular(@ForAll("tensors") Tuple2<List<Integer>, List<Float>> tensor) {
        FloatTensor read = read(nested(tensor.get1(), tensor.get2(), 0, new int[1]));

        assertThat(read.shape()).isEqualTo(tensor.get1());
        assertThat(read.values()).containsExactly(tensor.get2().toArray(Float[]::new));
    }

    @Property(tries = 300)
    void anyTextIsEitherReadOrRefusedAsBadInput(@ForAll("garbage") String text) {
        try {
            assertThat(read(text).values()).isNotEmpty();
        } catch (RefusedException e) {
            assertThat(e.refusal()).isEqualTo(Refusal.BAD_INPUT);
        }
    }

    /** In UTF-16 there are no bytes to read numbers from, but only tokens. */
    @Property(tries = 1_000)
    void fromBytesItReadsAsTokenByToken(@ForAll("nearlyArrays") String text) {
        assertThat(outcome(text, StandardCharsets.UTF_8)).isEqualTo(outcome(text, StandardCharsets.UTF_16BE));
    }

    @Property(tries = 1_000)
    void readsNumbersAsParseFloat(@ForAll("numbers") String number) {
        float nearest = Float.parseFloat(number);
        if (Float.isFinite(nearest)) {
            assertThat(read("[7, " + number + ",7]").values()).containsExactly(7, nearest, 7);
        }
    }

    @Test
    void readsTheRestOfAnArrayWhoseFirstElementWasReadBefore() {
        byte[] body = "{\"x\":[ 1.5 , 2e0,3]}".getBytes(StandardCharsets.UTF_8);
        FloatTensor tensor = JsonInput.read(body, body.length, parser -> {
            JsonInput.nextField(parser);
            parser.nextToken();
            FloatTensor read = FloatTensorReader.readFromFirstElement(parser, 1, "x", LIMIT);
            assertThat(JsonInput.nextField(parser)).isFalse();
            return read;
        });
        assertThat(tensor.values()).containsExactly(1.5f, 2, 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                          | x must not be empty
                    [[]]                        | x[0] must not be empty
                    [[1,2],[3]]                 | x[1] has length 1, the arrays before it have length 2
                    [[1,2],[3,4,5]]             | x[1] has length 3, the arrays before it have length 2
                    [[[1]],[[1],[2]]]           | x[1] has length 2, the arrays before it have length 1
                    [[1],2]                     | x[1] must be an array, as the ones before, not a number
                    [1,[2]]                     | x[1] must be a number, as the ones before, not an array
                    [[1,"2"]]                   | x[0][1] must be a number or an array, not a string
                    [[1,null]]                  | x[0][1] must be a number or an array, not null
                    [true]                      | x[0] must be a number or an array, not a boolean
                    [{"b64":"AA=="}]            | x[0] must be a number or an array, not an object
                    [1e999]                     | x[0] must be finite in float32
                    [0,-1e39]                   | x[1] must be finite in float32
                    [[[[[[[[[1]]]]]]]]]         | x[0][0][0][0][0][0][0][0] is nested deeper than 8 arrays
                    "text"                      | x must be an array of numbers, not a string
                    7                           | x must be an array of numbers, not a number
                    """)
    void namesThePlaceOfWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [NaN]        | the body isn't JSON as it is read here
                    [1,]         | the body isn't JSON as it is read here
                    [+1]         | the body isn't JSON as it is read here
                    [1           | the body isn't JSON as it is read here
                    """)
    void refusesInvalidJson(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesANumberOfAMillionDigits() {
        assertThatThrownBy(() -> read("[" + "7".repeat(1_000_000) + "]"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("exceeds the maximum allowed");
    }

    @Test
    void refusesMoreNumbersThanItsLimit() {
        String tooMany = "[" + "0,".repeat(LIMIT.maxValues()) + "0]";
        assertThatThrownBy(() -> read(tooMany))
                .isInstanceOf(RefusedException.class)
                .hasMessage("x must hold at most 4 images a request, that is 4096 numbers at 1024 an image");
    }

    @Test
    void refusesDeepNestingEarly() {
        assertThatThrownBy(() -> read("[".repeat(50_000)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nested deeper than 8");
    }

    @Provide
    Arbitrary<Tuple2<List<Integer>, List<Float>>> tensors() {
        return Arbitraries.integers()
                .between(1, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .flatMap(shape -> Arbitraries.floats()
                        .list()
                        .ofSize(shape.stream().reduce(1, Math::multiplyExact))
                        .map(values -> Tuple.of(shape, values)));
    }

    /** Arrays of numbers, of which some have something wrong. */
    @Provide
    Arbitrary<String> nearlyArrays() {
        Arbitrary<String> elements = Arbitraries.frequencyOf(
                Tuple.of(20, numbers()),
                Tuple.of(8, Arbitraries.of(",", " ", "[", "]")),
                Tuple.of(
                        1,
                        Arbitraries.of("01", "1.", "-", ".5", "1e", "\"a\"", "null", "{}", "1e999", "\n", "\u0001")));
        Arbitrary<String> flat = elements.list().ofMaxSize(6).map(parts -> String.join(",", parts));
        return Arbitraries.lazyOf(
                        () -> flat, () -> nearlyArrays().list().ofMaxSize(3).map(parts -> String.join(", ", parts)))
                .map(content -> "[" + content + "]");
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.floats().map(value -> Float.toString(value)),
                Arbitraries.doubles().map(value -> Double.toString(value)),
                Arbitraries.longs().map(value -> Long.toString(value)),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-2), BigDecimal.valueOf(2))
                        .ofScale(30)
                        .map(BigDecimal::toPlainString),
                Arbitraries.bytes().map(pixel -> Float.toString((pixel & 0xff) / 255f)));
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.strings()
                .withChars('[', ']', ',', '1', '.', '-', 'e', '"', '{', '}', ':', ' ', 'N')
                .ofMaxLength(40);
    }

    private static String nested(List<Integer> shape, List<Float> values, int depth, int[] next) {
        if (depth == shape.size()) {
            return values.get(next[0]++).toString();
        }
        List<String> parts = new ArrayList<>();
        for (int index = 0; index < shape.get(depth); index++) {
            parts.add(nested(shape, values, depth + 1, next));
        }
        return parts.toString();
    }

    /** What is read, or why not. */
    private static String outcome(String json, Charset encoding) {
        try {
            FloatTensor tensor = read(json, encoding);
            return tensor.shape() + Arrays.toString(tensor.values());
        } catch (RefusedException e) {
            return e.getMessage().startsWith(NOT_JSON) ? NOT_JSON : e.getMessage();
        }
    }

    private static FloatTensor read(String json) {
        return read(json, StandardCharsets.UTF_8);
    }

    private static FloatTensor read(String json, Charset encoding) {
        byte[] body = ("{\"x\":" + json + "}").getBytes(encoding);
        return JsonInput.read(body, body.length, FloatTensorReaderTest::readField);
    }

    private static FloatTensor readField(JsonParser parser) throws IOException {
        assertThat(JsonInput.nextField(parser)).isTrue();
        FloatTensor tensor = FloatTensorReader.read(parser, "x", LIMIT);
        assertThat(JsonInput.nextField(parser)).isFalse();
        return tensor;
    }
}
