package io.catwalk.events;

import static io.catwalk.events.EventType.EPOCH_COMPLETED;
import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that are no event: each is refused with the field, the value and what it must be. */
class BadEventsTest {
    private static final String REQUEST = """
            {"dataset":"d","model":"m"}""";

    @Test
    void nullValue() {
        assertThat(refused(Records.on(TRAINING_REQUESTED).consumed())).hasMessage("value is null");
    }

    @Test
    void valueAboveOneMebibyte() {
        assertThat(refused(Records.on(TRAINING_REQUESTED).value(" ".repeat(1_048_577))))
                .hasMessage("value is 1048577 bytes, must be at most 1048576");
    }

    @Test
    void headersAboveSixtyFourKibibytes() {
        assertThat(refused(Records.on(TRAINING_REQUESTED)
                        .header("x", new byte[1_000_000])
                        .value(REQUEST)))
                .hasMessage("headers are 1000001 bytes, must be at most 65536");
    }

    @Test
    void valueThatIsNotUtf8() {
        byte[] value = REQUEST.getBytes(StandardCharsets.ISO_8859_1);
        value[12] = (byte) 0xe9;

        assertThat(refused(Records.on(TRAINING_REQUESTED).value(value)))
                .hasMessage("value is not UTF-8: byte 12 is 0xe9");
    }

    @Test
    void valueThatEndsWithinACharacter() {
        assertThat(refused(Records.on(TRAINING_REQUESTED).value(new byte[] {'{', (byte) 0xc3})))
                .hasMessage("value is not UTF-8: byte 1 is 0xc3");
    }

    @Test
    void headerThatIsNotUtf8() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .without("ce_id")
                        .header("ce_id", new byte[] {'a', (byte) 0xff})
                        .value(REQUEST)))
                .hasMessage("ce_id is not UTF-8: byte 1 is 0xff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | value is not a JSON object: it is empty",
                "[] | value is not a JSON object",
                "[{\"dataset\":\"d\",\"model\":\"m\"}] | value is not a JSON object",
                "null | value is not a JSON object",
                "\"text\" | value is not a JSON object",
                "{\"dataset\":\"d\",\"model\":\"m\"} {} | value goes on after the JSON object's end",
                "{\"dataset\":\"d\",\"dataset\":\"e\",\"model\":\"m\"} | dataset stands twice",
                "{\"gate\":{\"maxRegression\":0,\"maxRegression\":1}} | gate.maxRegression stands twice",
                "{\"learningRate\":1e999} | learningRate is 1e999, must be a finite number",
                "{\"unknown\":[1,-1e999]} | unknown[1] is -1e999, must be a finite number",
            })
    void jsonThatIsNoRequest(String json, String message) {
        assertThat(refused(json)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | value is not JSON: Unrecognized token 'nonsense'",
                "{\"learningRate\":NaN} | value is not JSON: Non-standard token 'NaN'",
                "{\"learningRate\":Infinity} | value is not JSON: Non-standard token 'Infinity'",
                "{\"dataset\":\"d\" | value is not JSON: Unexpected end-of-input",
                "{'dataset':'d'} | value is not JSON: Unexpected character (''' (code 39))",
                "{\"dataset\":\"d\",} | value is not JSON: Unexpected character ('}' (code 125))",
                "{\"epochs\":05} | value is not JSON: Invalid numeric value: Leading zeroes not allowed",
                "{/* five */\"epochs\":5} | value is not JSON: Unexpected character ('/' (code 47))",
            })
    void valueThatIsNotJson(String json, String message) {
        assertThat(refused(json)).hasMessageStartingWith(message).hasMessageContaining("(line 1, column");
    }

    @Test
    void numberOfAMillionDigits() {
        assertThat(refused("{\"epochs\":" + "9".repeat(1_000_000) + "}"))
                .hasMessageStartingWith("value is not JSON: Number value length (1000000)");
    }

    @Test
    void nestingOfFiftyThousandLevels() {
        assertThat(refused("{\"a\":" + "[".repeat(50_000)))
                .hasMessageStartingWith("a[0][0][0]")
                .hasMessageEndingWith("is nested deeper than 32 levels");
    }

    @Test
    void longUnknownNamesAreShortened() {
        assertThat(refused("{\"" + "n".repeat(40_000) + "\":1e999}"))
                .hasMessage("n".repeat(80) + "... (40000 characters) is 1e999, must be a finite number");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, ce_specversion is missing, must be given as CloudEvents 1.0 says",
        "ce_id, ce_id is missing, must be given as CloudEvents 1.0 says",
        "ce_source, ce_source is missing, must be given as CloudEvents 1.0 says",
        "ce_type, ce_type is missing, must be given as CloudEvents 1.0 says",
        "content-type, content-type is missing, must be application/protobuf or application/json",
    })
    void headerLeftOut(String header, String start, String end) {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .without(header)
                        .value(REQUEST)))
                .hasMessage(start + ", " + end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_specversion | 2.0 | ce_specversion is \"2.0\", must be 1.0",
                "ce_type | catwalk.training.v2.TrainingRequested | ce_type is \"catwalk.training.v2.TrainingRequested\", "
                        + "must be catwalk.training.v1.TrainingRequested on this topic",
                "ce_time | yesterday | ce_time is \"yesterday\", must be a time as 2026-01-31T12:00:00Z (RFC 3339)",
                "ce_time | 2026-03-01T12:00:00 | ce_time is \"2026-03-01T12:00:00\", must be a time as "
                        + "2026-01-31T12:00:00Z (RFC 3339)",
                "ce_time | 2026-03-02T12:00:01Z | time is 2026-03-02T12:00:01Z, must not be more than a day after now, "
                        + "2026-03-01T12:00:00Z",
                "ce_source | a b | source is \"a b\", must be a URI reference: Illegal character in path",
                "content-type | text/plain | content-type is \"text/plain\", must be application/protobuf, "
                        + "application/json or application/cloudevents+json, in UTF-8",
                "content-type | application/json; charset=latin1 | content-type is \"application/json; charset=latin1\", "
                        + "must be application/protobuf, application/json or application/cloudevents+json, in UTF-8",
                "content-type | application/cloudevents-batch+json | content-type is "
                        + "\"application/cloudevents-batch+json\", must be application/protobuf, application/json or "
                        + "application/cloudevents+json, in UTF-8 (a record holds one event, no batch)",
            })
    void headerThatIsWrong(String header, String value, String message) {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .without(header)
                        .header(header, value)
                        .value(REQUEST)))
                .hasMessage(message);
    }

    @Test
    void headerThatStandsTwice() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .header("ce_id", "e-2")
                        .value(REQUEST)))
                .hasMessage("ce_id stands twice");
    }

    @Test
    void headerWithoutValue() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .header("ce_subject", (byte[]) null)
                        .value(REQUEST)))
                .hasMessage("ce_subject is null");
    }

    @Test
    void eventIdWithControlCharacter() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/json")
                        .without("ce_id")
                        .header("ce_id", "a\nb")
                        .value(REQUEST)))
                .hasMessage("id is \"a\\nb\", must be 1 to 256 characters, none a control character");
    }

    @Test
    void eventIdOfAMegabyteInAStructuredEvent() {
        assertThat(refused(structured("""
                        {"specversion":"1.0","id":"%s","source":"/s","type":"catwalk.training.v1.TrainingRequested",
                         "data":{"dataset":"d","model":"m"}}""".formatted("i".repeat(1_000_000)))))
                .hasMessage("id is \"" + "i".repeat(80)
                        + "\"... (1000000 characters), must be 1 to 256 characters, none a control character");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"data\":{}, \"data_base64\":\"\" | data stands beside data_base64",
                "\"subject\":\"s\" | data is missing, as is data_base64",
                "\"data\":[] | data is [], must be an object",
                "\"data\":\"{}\" | data is \"{}\", must be an object",
                "\"data_base64\":\"?\" | data_base64 is \"?\", must be base64",
                "\"data_base64\":7 | data_base64 is 7, must be base64",
                "\"time\":7,\"data\":{} | time is 7, must be a string",
                "\"datacontenttype\":\"application/protobuf\",\"data\":{} | data is JSON while datacontenttype says "
                        + "otherwise; other data must be in data_base64",
                "\"datacontenttype\":\"application/cloudevents+json\",\"data_base64\":\"e30=\" | datacontenttype is "
                        + "\"application/cloudevents+json\", must be application/protobuf or application/json",
            })
    void structuredEventWithWrongMembers(String members, String message) {
        assertThat(refused(structured("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/s\",\"type\":\""
                        + TRAINING_REQUESTED + "\"," + members + "}")))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"specversion\":\"1.0\"} | type is missing, must be given as CloudEvents 1.0 says",
                "{\"specversion\":\"0.3\"} | specversion is \"0.3\", must be 1.0",
                "{\"specversion\":1.0} | specversion is 1, must be a string",
                "{\"specversion\":\"1.0\",\"type\":\"catwalk.training.v1.TrainingRequested\",\"id\":null} | "
                        + "id is missing, must be given as CloudEvents 1.0 says",
            })
    void structuredEventWithWrongAttributes(String json, String message) {
        assertThat(refused(structured(json))).hasMessage(message);
    }

    @Test
    void bareJsonWhereNoRequestIsExpected() {
        assertThat(refused(EPOCH_COMPLETED, Records.bare(EPOCH_COMPLETED, """
                        {"runId":"r1","model":"m","epoch":1}""")))
                .hasMessage("ce_specversion is missing, must be given as CloudEvents 1.0 says");
    }

    @Test
    void bareProtobufIsNoEvent() {
        assertThat(refused(Records.on(TRAINING_REQUESTED)
                        .header("content-type", "application/protobuf")
                        .value("")))
                .hasMessage("ce_specversion is missing, must be given as CloudEvents 1.0 says");
    }

    @Test
    void protobufThatIsCutOff() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/protobuf")
                        .value(new byte[] {0x0a, 0x05, 'a'})))
                .hasMessageStartingWith("value is not a protobuf catwalk.training.v1.TrainingRequested: ");
    }

    @Test
    void protobufTextThatIsNotUtf8() {
        assertThat(refused(Records.binary(TRAINING_REQUESTED, "application/protobuf")
                        .value(new byte[] {0x12, 0x01, (byte) 0xff})))
                .hasMessage("value is not a protobuf catwalk.training.v1.TrainingRequested: "
                        + "Protocol message had invalid UTF-8.");
    }

    @Test
    void keyUnlikeTheIdInTheBody() {
        assertThat(refused(Records.on(TRAINING_REQUESTED).key("r2").value("""
                        {"runId":"r1","dataset":"d","model":"m"}""")))
                .hasMessage("key is \"r2\", must be \"r1\" as in the body, or none");
    }

    @Test
    void factsWithoutWhatTheirConsumersRestOn() {
        assertThat(refused(
                        EPOCH_COMPLETED,
                        Records.binary(EPOCH_COMPLETED, "application/json")
                                .value("""
                                {"runId":"../r1","model":"m","epoch":1}""")
                                .consumed()))
                .hasMessage("runId is \"../r1\", must match [a-z0-9][a-z0-9._-]{0,62}");
        assertThat(refused(
                        EventType.MODEL_PROMOTED,
                        Records.binary(EventType.MODEL_PROMOTED, "application/json")
                                .value("""
                                {"model":"m","label":"stable","version":1,"entry":1}""")
                                .consumed()))
                .hasMessage("modelDigest is missing, must be sha256:<64 lower-case hex digits>");
        assertThat(refused(
                        EventType.DATASET_READY,
                        Records.binary(EventType.DATASET_READY, "application/json")
                                .value("""
                                {"dataset":"d","ingestionId":"i","digest":"sha256:%s"}""".formatted("0".repeat(64)))
                                .consumed()))
                .hasMessage("entry is 0, must be at least 1");
    }

    @Test
    void refusalsNameFieldAndValueApart() {
        BadEventException refusal = refused("""
                {"dataset":"d","model":"m","epochs":-1}""");

        assertThat(refusal.field()).isEqualTo("epochs");
        assertThat(refusal.value()).contains("-1");
    }

    private static ConsumerRecord<String, byte[]> structured(String json) {
        return Records.on(TRAINING_REQUESTED)
                .header("content-type", "application/cloudevents+json")
                .value(json)
                .consumed();
    }

    private static BadEventException refused(String json) {
        return refused(Records.on(TRAINING_REQUESTED).value(json));
    }

    private static BadEventException refused(Records record) {
        return refused(record.consumed());
    }

    private static BadEventException refused(ConsumerRecord<String, byte[]> record) {
        return refused(TRAINING_REQUESTED, record);
    }

    private static BadEventException refused(EventType<?> type, ConsumerRecord<String, byte[]> record) {
        return catchThrowableOfType(BadEventException.class, () -> Records.DECODER.decode(type, record));
    }
}
