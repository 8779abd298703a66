package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Values are read as protobuf's own parser reads them. */
class PayloadReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<EventType<?>> TYPES = List.of(
            EventType.TRAINING_REQUESTED,
            EventType.SWEEP_REQUESTED,
            EventType.TRAINING_FAILED,
            EventType.DATASET_REQUESTED);

    @Property(tries = 2000)
    void valuesOfAnyForm(@ForAll("fields") String field, @ForAll("values") String value)
            throws JsonProcessingException {
        String json = "{\"%s\":%s}".formatted(field, value);
        JsonNode tree = MAPPER.readTree(json);
        for (EventType<?> type : TYPES) {
            Message.Builder expected = type.newBuilder();
            try {
                JsonFormat.parser().ignoringUnknownFields().merge(json, expected);
            } catch (InvalidProtocolBufferException e) {
                assertThatThrownBy(() -> EventJson.fromJson(type, tree))
                        .as("%s of %s, which protobuf refuses", json, type)
                        .isInstanceOf(BadEventException.class);
                continue;
            }
            assertThat((Message) EventJson.fromJson(type, tree))
                    .as("%s of %s", json, type)
                    .isEqualTo(expected.build());
        }
    }

    /** Of whole numbers of both widths, of fractions, and of protobuf's own messages and enums. */
    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(
                "epochs", "seed", "step", "learningRate", "learning_rate", "deadline", "publish", "kind", "later");
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.of("1.0", "1e3", "1E-2", "-0", "2147483648", "9223372036854775808"));
        Arbitrary<String> texts = Arbitraries.oneOf(
                numbers,
                Arbitraries.doubles().map(seconds -> seconds + "s"),
                Arbitraries.of(
                        "NaN",
                        "-Infinity",
                        "1d",
                        "0x1p3",
                        " 1",
                        "+1",
                        "30s",
                        "1.5s",
                        "-1s",
                        "1e999",
                        "",
                        "FAILURE_KIND_REFUSED",
                        "FAILURE_KIND_LATER",
                        "2"));
        return Arbitraries.oneOf(numbers, texts.map(text -> '"' + text + '"'), Arbitraries.of("null", "{}"));
    }
}
