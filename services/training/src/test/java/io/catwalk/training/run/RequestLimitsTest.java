package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.catwalk.dataset.DatasetFile;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PixelStatistics;
import io.catwalk.dataset.SplitCount;
import io.catwalk.dataset.SplitCounts;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.JournalJson;
import io.catwalk.limits.v1.FieldLimits;
import io.catwalk.limits.v1.LimitsProto;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.training.Precision;
import io.catwalk.objectstore.Digest;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.plan.RequestedLayers;
import io.catwalk.training.sweep.SweepPlan;
import io.catwalk.training.v1.Dense;
import io.catwalk.training.v1.Flatten;
import io.catwalk.training.v1.GlobalAveragePool;
import io.catwalk.training.v1.Layer;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the limits in {@code proto} allow can be planned: no constructor refuses it. */
class RequestLimitsTest {
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final int CLASSES = 2;
    /** Larger than any padding, and of more images than any epoch needs. */
    private static final DatasetManifest MANIFEST = manifest(new ImageDimensions(1025, 1025, 1), 8192 * 1024);

    private static final Set<Set<String>> ENUMS = Stream.of(
                    Activation.values(), Initializer.values(), Padding.values(), Precision.values())
            .map(constants -> Arrays.stream(constants)
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.toSet()))
            .collect(Collectors.toSet());

    /** All fields lowest or highest, with each field of each oneof. */
    static Stream<Arguments> edges() {
        int kinds = Layer.getDescriptor().getOneofs().getFirst().getFieldCount();
        return IntStream.range(0, kinds)
                .boxed()
                .flatMap(kind -> Stream.of(Arguments.of(false, kind), Arguments.of(true, kind)));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void aTrainingRequestAtItsLimitsIsPlanned(boolean highest, int kind) {
        TrainingRequested.Builder request =
                TrainingRequested.newBuilder().setDataset("d").setModel("m");
        fill(request, highest, kind);
        if (request.getSchedule().hasOneCycle()) {
            request.getScheduleBuilder().clearWarmUpEpochs();
        }
        request.addLayers(Layer.newBuilder().setGlobalAveragePool(GlobalAveragePool.getDefaultInstance()))
                .addLayers(Layer.newBuilder().setDense(Dense.newBuilder().setUnits(CLASSES)));
        EventType.TRAINING_REQUESTED.check(request.build());

        RunPlan plan = RunPlan.of(TrainingRequest.from(request.build(), "r"), DIGEST, MANIFEST);
        assertThat(plan.loop().epochs()).isEqualTo(request.getEpochs());
    }

    @ParameterizedTest
    @MethodSource("edges")
    void aLayerAtItsLimitsIsPlanned(boolean highest, int kind) {
        Layer.Builder layer = Layer.newBuilder();
        fill(layer, highest, kind);
        if (layer.hasResidualBlock()) {
            layer.getResidualBlockBuilder().addLayers(Layer.newBuilder().setFlatten(Flatten.getDefaultInstance()));
        }
        EventType.TRAINING_REQUESTED.check(TrainingRequested.newBuilder()
                .setDataset("d")
                .setModel("m")
                .addLayers(layer)
                .build());

        assertThat(RequestedLayers.of(List.of(layer.build()))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("edges")
    void aSweepAtItsLimitsIsPlanned(boolean highest, int kind) {
        String values = IntStream.rangeClosed(1, 16).mapToObj(Integer::toString).collect(Collectors.joining(","));
        SweepRequested.Builder request =
                EventJson.fromJson(EventType.SWEEP_REQUESTED, JournalJson.parse("""
                {"training": {"dataset": "d", "model": "m", "epochs": 10000},
                 "parameters": [{"field": "seed", "values": [%s]}, {"field": "batchSize", "values": [%s]}]}
                """.formatted(values, values)))
                        .toBuilder();
        fill(request, highest, kind);
        EventType.SWEEP_REQUESTED.check(request.build());

        SweepPlan plan = SweepPlan.checked(request.build(), "s");
        assertThat(plan.parallelRuns()).isEqualTo(request.getParallelRuns());
    }

    @Test
    void theChoicesAreTheConstantsOfTheirEnums() {
        var training = TrainingRequested.getDescriptor().getFile();
        Set<Set<String>> choices = Stream.concat(Stream.of(training), training.getDependencies().stream())
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(message -> message.getFields().stream())
                .map(RequestLimitsTest::limits)
                .filter(FieldLimits::hasChoice)
                .map(limits -> Set.copyOf(limits.getChoice().getOfList()))
                .collect(Collectors.toSet());

        assertThat(choices).isEqualTo(ENUMS);
    }

    /** Sets all fields that have limits and aren't set, and those of the messages within, but of no list. */
    private static void fill(Message.Builder builder, boolean highest, int kind) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            var oneof = field.getRealContainingOneof();
            if (field.isRepeated()
                    || oneof != null && !field.equals(oneof.getField(kind % oneof.getFieldCount()))
                    || field.hasPresence() && builder.hasField(field)) {
                continue;
            }
            edge(field, highest).ifPresentOrElse(value -> builder.setField(field, value), () -> {
                if (field.getJavaType() == JavaType.MESSAGE) {
                    fill(builder.getFieldBuilder(field), highest, kind);
                }
            });
        }
    }

    private static Optional<Object> edge(FieldDescriptor field, boolean highest) {
        FieldLimits limits = limits(field);
        return switch (limits.getKindCase()) {
            case INTEGER -> {
                long end = highest
                        ? limits.getInteger().getMax()
                        : limits.getInteger().getMin();
                yield Optional.of(field.getJavaType() == JavaType.INT ? (Object) Math.toIntExact(end) : (Object) end);
            }
            case NUMBER -> {
                var range = limits.getNumber();
                double lower = range.hasMin() ? range.getMin() : Math.nextUp((float) range.getAbove());
                double upper = range.hasMax() ? range.getMax() : Math.nextDown((float) range.getBelow());
                yield Optional.of(highest ? upper : lower);
            }
            case DURATION -> {
                var range = limits.getDuration();
                yield Optional.of(Durations.fromSeconds(highest ? range.getMaxSeconds() : range.getMinSeconds()));
            }
            case INTEGERS -> {
                var choice = limits.getIntegers().getOfList();
                long end = highest ? choice.getLast() : choice.getFirst();
                yield Optional.of(field.getJavaType() == JavaType.INT ? (Object) Math.toIntExact(end) : (Object) end);
            }
            case CHOICE -> {
                var names = limits.getChoice().getOfList();
                yield Optional.of(highest ? names.getLast() : names.getFirst());
            }
            case TEXT, TEXTS, ELEMENTS, FORMAT, KIND_NOT_SET -> Optional.empty();
        };
    }

    private static FieldLimits limits(FieldDescriptor field) {
        return field.getOptions().getExtension(LimitsProto.field);
    }

    private static DatasetManifest manifest(ImageDimensions shape, int images) {
        DatasetFile file = new DatasetFile(DIGEST.toString(), 1);
        SplitCount count = new SplitCount(images, List.of(images, 0));
        return new DatasetManifest(
                DatasetManifest.SCHEMA,
                shape,
                CLASSES,
                List.of("a", "b"),
                new IdxFiles<>(file, file, file, file),
                images,
                new SplitCounts(count, count, count),
                new PixelStatistics(0, 1, 0.5, 0.5),
                Optional.empty());
    }
}
