package io.catwalk.events;

import static io.catwalk.events.EventType.DATASET_REQUESTED;
import static io.catwalk.events.EventType.SWEEP_REQUESTED;
import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.UnknownFieldSet;
import io.catwalk.training.v1.Conv2d;
import io.catwalk.training.v1.Flatten;
import io.catwalk.training.v1.Layer;
import io.catwalk.training.v1.ResidualBlock;
import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request says nothing that is passed over, and is no larger than what its journal can keep. */
class StrictRequestsTest {
    private static final Map<String, EventType<?>> TYPES = EventType.all().stream()
            .filter(EventType::isRequest)
            .collect(Collectors.toMap(EventType::topic, type -> type));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Epochs\":2} | Epochs is not a field of a training request; did you mean epochs?",
                "{\"epoch\":null} | epoch is not a field of a training request; did you mean epochs?",
                "{\"learning-rate\":0.1} | learning-rate is not a field of a training request; did you mean learningRate?",
                "{\"[learningRate]\":0.1} | [learningRate] is not a field of a training request; did you mean learningRate?",
                "{\"gate\":{\"minAccuracy\":0.1}} | gate.minAccuracy is not a field of a training request; did you mean minTestAccuracy?",
                "{\"optimizer\":{\"adam\":{\"beta_one\":0.5}}} | optimizer.adam.beta_one is not a field of a training request; did you mean beta1?",
                "{\"optimizer\":{\"lion\":{}}} | optimizer.lion is not a field of a training request; there are sgd, adam, adamW, rmsProp",
                "{\"layers\":[{},{},{},{\"conv2d\":{\"filtres\":8}}]} | layers[3].conv2d.filtres is not a field of a training request; did you mean filters?",
                "{\"layers\":[{\"residualBlock\":{\"layers\":[{\"dense\":{\"unit\":8}}]}}]} | layers[0].residualBlock.layers[0].dense.unit is not a field of a training request; did you mean units?",
                "{\"layers\":[{\"flatten\":{\"axis\":1}}]} | layers[0].flatten.axis is not a field of a training request; there is none",
            })
    void misspeltFieldsOfARun(String json, String message) {
        assertRefusedInEachForm(TRAINING_REQUESTED, json, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dataset-requested | {\"labels\":[\"a\",\"b\"]} | labels is not a field of a dataset request; did you mean labelNames?",
                "dataset-requested | {\"source\":{\"foldr\":\"/x\"}} | source.foldr is not a field of a dataset request; did you mean folder?",
                "sweep-requested | {\"paralelRuns\":2} | paralelRuns is not a field of a sweep request; did you mean parallelRuns?",
                "sweep-requested | {\"training\":{\"Epochs\":2}} | training.Epochs is not a field of a sweep request; did you mean epochs?",
                "sweep-requested | {\"parameters\":[{\"fields\":\"epochs\"}]} | parameters[0].fields is not a field of a sweep request; did you mean field?",
                "sweep-requested | {\"parameters\":[{\"range\":{\"from\":1}}]} | parameters[0].range.from is not a field of a sweep request; there are low, high, scale, whole",
                "promotion-requested | {\"versoin\":1} | versoin is not a field of a promotion request; did you mean version?",
                "training-cancel-requested | {\"runid\":\"a\"} | runid is not a field of a training cancel request; did you mean runId?",
                "sweep-cancel-requested | {\"because\":\"a\"} | because is not a field of a sweep cancel request; there are sweepId, reason",
            })
    void misspeltFieldsOfOtherRequests(String topic, String json, String message) {
        assertRefusedInEachForm(TYPES.get(topic), json, message);
    }

    @Test
    void eitherNameOfAFieldIsKnownAndNoMoreThanOne() {
        assertThat(EventJson.read(TRAINING_REQUESTED, "{\"learning_rate\":0.1}".getBytes(UTF_8))
                        .getLearningRate())
                .isEqualTo(0.1);
        assertRefusedInEachForm(
                TRAINING_REQUESTED,
                "{\"optimizer\":{\"rmsProp\":{},\"rms_prop\":{}}}",
                "optimizer.rms_prop stands twice, as rmsProp and as rms_prop");
    }

    /** They are the values of fields that a trial's own request is checked for. */
    @Test
    void valuesOfASweepMayHoldAnyNames() {
        assertThatNoException().isThrownBy(() -> EventJson.read(SWEEP_REQUESTED, """
                {"parameters":[{"field":"optimizer","values":[{"adam":{"any":1}}]}]}""".getBytes(UTF_8)));
    }

    @Test
    void layersAreCountedInAll() {
        List<Layer> block = IntStream.range(0, 64).mapToObj(unused -> flatten()).toList();
        Layer residual = residual(block);
        TrainingRequested allowed =
                request(IntStream.range(0, 15).mapToObj(unused -> residual).toList());
        List<Layer> more = IntStream.range(0, 16).mapToObj(unused -> residual).toList();

        assertThatNoException().isThrownBy(() -> TRAINING_REQUESTED.check(allowed));
        assertThat(refused(request(more)))
                .hasMessageStartingWith("layers is [")
                .hasMessageEndingWith("must be a list of 1 to 256 layers, at most 1000 with those of residual blocks");
        assertThat(refused(request(List.of(residual(List.of(residual))))))
                .hasMessageEndingWith("must be a list of 1 to 64 layers, none a residual block");
    }

    @Test
    void protobufThatWouldGrowAsJson() {
        Layer tiny =
                Layer.newBuilder().setConv2D(Conv2d.newBuilder().setFilters(1)).build();
        TrainingRequested large =
                request(IntStream.range(0, 60_000).mapToObj(unused -> tiny).toList());

        assertThat(refused(large))
                .hasMessage("value is a request of %d bytes of protobuf, must be at most 262144"
                        .formatted(large.getSerializedSize()));
        assertThat(refused(
                        EventType.TRAINING_CANCEL_REQUESTED,
                        Records.binary(EventType.TRAINING_CANCEL_REQUESTED, "application/protobuf")
                                .value(io.catwalk.training.v1.TrainingCancelRequested.newBuilder()
                                        .setRunId("r")
                                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                                .addField(
                                                        900,
                                                        UnknownFieldSet.Field.newBuilder()
                                                                .addLengthDelimited(
                                                                        com.google.protobuf.ByteString.copyFrom(
                                                                                new byte[300_000]))
                                                                .build())
                                                .build())
                                        .build()
                                        .toByteArray())
                                .consumed()))
                .hasMessageContaining("bytes of protobuf, must be at most 262144");
    }

    @Test
    void theLongestLabelsAreNotTooLong() {
        String names = IntStream.range(0, 256)
                .mapToObj(i -> "\"%03d%s\"".formatted(i, "\\u2028".repeat(61)))
                .collect(Collectors.joining(","));
        String json = "{\"dataset\":\"d\",\"source\":{\"folder\":\"/x\"},\"labelNames\":[" + names + "]}";

        assertThatNoException()
                .isThrownBy(() -> Records.DECODER.decode(DATASET_REQUESTED, Records.bare(DATASET_REQUESTED, json)));
    }

    @Test
    void sweepsOfMoreValuesThanAJournalKeeps() {
        String values = "\"x\",".repeat(80_000) + "\"y\"";

        assertThat(refused(
                        SWEEP_REQUESTED,
                        Records.bare(
                                SWEEP_REQUESTED,
                                "{\"training\":{\"dataset\":\"d\",\"model\":\"m\"},\"parameters\":[{\"field\":\"network\",\"values\":["
                                        + values + "]}]}")))
                .hasMessageContaining("value is a request of ")
                .hasMessageEndingWith("must be at most 262144");
    }

    private static void assertRefusedInEachForm(EventType<?> type, String json, String message) {
        Records binary = Records.binary(type, "application/json").value(json);
        Records structured = Records.on(type)
                .header("content-type", "application/cloudevents+json")
                .value("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/s\",\"type\":\"" + type.name()
                        + "\",\"data\":" + json + "}");

        assertThat(refused(type, Records.bare(type, json))).hasMessage(message);
        assertThat(refused(type, binary.consumed())).hasMessage(message);
        assertThat(refused(type, structured.consumed())).hasMessage(message);
    }

    private static TrainingRequested request(List<Layer> layers) {
        return TrainingRequested.newBuilder()
                .setDataset("d")
                .setModel("m")
                .addAllLayers(layers)
                .build();
    }

    private static Layer flatten() {
        return Layer.newBuilder().setFlatten(Flatten.getDefaultInstance()).build();
    }

    private static Layer residual(List<Layer> layers) {
        return Layer.newBuilder()
                .setResidualBlock(ResidualBlock.newBuilder().addAllLayers(layers))
                .build();
    }

    private static BadEventException refused(TrainingRequested request) {
        return catchThrowableOfType(BadEventException.class, () -> TRAINING_REQUESTED.check(request));
    }

    private static BadEventException refused(EventType<?> type, ConsumerRecord<String, byte[]> record) {
        return catchThrowableOfType(BadEventException.class, () -> Records.DECODER.decode(type, record));
    }
}
