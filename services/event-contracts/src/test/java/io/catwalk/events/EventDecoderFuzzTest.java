package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.provider.MethodSource;

class EventDecoderFuzzTest {
    private static final EventType<TrainingRequested> TYPE = EventType.TRAINING_REQUESTED;
    /** How a record's content is declared: not at all, so that it is bare JSON, or as one of these. */
    private static final List<String> CONTENT_TYPES =
            List.of("", "application/cloudevents+json", "application/json", "application/protobuf");

    /** A name that no field has is compared with all that there are. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(BadEventException.class).allocates(1 << 22, 1_000);

    static Stream<byte[]> seeds() {
        String request =
                "{`runId`:`first`,`dataset`:`fashion-mnist`,`model`:`fashion`,`network`:`tutorial-cnn`,`epochs`:5}";
        return Stream.of(
                seed(0, request),
                seed(0, "{`runId`:`a`,`epochs`:1e-999999999}"),
                seed(0, "{`runId`:`a`,`layers`:[{`conv2d`:{`filters`:1e9}}],`learningRate`:1e-308}"),
                seed(
                        1,
                        "{`specversion`:`1.0`,`id`:`e`,`source`:`/s`,`type`:`" + TYPE.name()
                                + "`,`time`:`2026-03-01T11:00:00Z`,`datacontenttype`:`application/json`,`data`:"
                                + request + "}"),
                seed(2, request),
                seed(3, "\n\005first\022\rfashion-mnist"));
    }

    private static byte[] seed(int kind, String text) {
        byte[] content = text.replace('`', '"').getBytes(StandardCharsets.UTF_8);
        byte[] seed = new byte[content.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(content, 0, seed, 1, content.length);
        return seed;
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesOrRefuses(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String contentType = CONTENT_TYPES.get(Math.floorMod(input[0], CONTENT_TYPES.size()));
        byte[] value = Arrays.copyOfRange(input, 1, input.length);
        ConsumerRecord<String, byte[]> record = (contentType.isEmpty()
                        ? Records.on(TYPE)
                        : contentType.contains("cloudevents")
                                ? Records.on(TYPE).header("content-type", contentType)
                                : Records.binary(TYPE, contentType))
                .value(value)
                .consumed();
        PROPERTY.check(value.length, () -> Records.DECODER.decode(TYPE, record))
                .ifPresent(event -> assertThat(event.id()).isNotBlank());
    }
}
