package io.catwalk.events;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.training.v1.Layer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCases;

/** Any payload that keeps its type's rules: each field set to anything it may hold, or left out where it may be. */
final class PayloadArbitraries {
    private static final Arbitrary<String> NAMES = Arbitraries.strings()
            .withCharRange('a', 'z')
            .numeric()
            .ofMinLength(1)
            .ofMaxLength(63);
    private static final Arbitrary<String> DIGESTS =
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(64).map(hex -> "sha256:" + hex);
    private static final Arbitrary<String> TEXTS = Arbitraries.strings()
            .withCharRange(' ', '~')
            .withCharRange('\u00a0', '\ud7ff')
            .ofMinLength(1)
            .ofMaxLength(30);
    private static final Arbitrary<Duration> SPANS = Combinators.combine(
                    Arbitraries.longs().between(1, 3599), Arbitraries.integers().between(0, 999_999_999))
            .as((seconds, nanos) ->
                    Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build());

    private static final Arbitrary<Timestamp> TIMES = Combinators.combine(
                    Arbitraries.longs().between(0, Records.NOW.getEpochSecond()),
                    Arbitraries.integers().between(0, 999_999_999))
            .as((seconds, nanos) ->
                    Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build());
    private static final Arbitrary<Double> SHARES =
            Arbitraries.doubles().between(1e-9, 0.999).ofScale(12);
    private static final Arbitrary<Value> VALUES = Arbitraries.oneOf(
            SHARES.map(Values::of), TEXTS.map(Values::of), Arbitraries.of(Values.of(true), Values.ofNull()));
    private static final Arbitrary<Integer> SMALL = Arbitraries.integers().between(1, 31);

    private static final Map<String, Arbitrary<?>> BY_NAME = Map.ofEntries(
            Map.entry("run_id", NAMES),
            Map.entry("ingestion_id", NAMES),
            Map.entry("promotion_id", NAMES),
            Map.entry("rollout_id", NAMES),
            Map.entry("weight", SHARES),
            Map.entry("model", NAMES),
            Map.entry("dataset", NAMES),
            Map.entry("label", NAMES),
            Map.entry("network", NAMES),
            Map.entry("store_prefix", NAMES.map(name -> "incoming/" + name + "/")),
            Map.entry("url", NAMES.map(name -> "https://example.org/" + name + "/")),
            Map.entry("version", Arbitraries.longs().greaterOrEqual(1)),
            Map.entry("entry", Arbitraries.longs().greaterOrEqual(1)),
            Map.entry("epoch", Arbitraries.integers().greaterOrEqual(1)),
            Map.entry("epochs", Arbitraries.integers().between(1, 10_000)),
            Map.entry("attempt", Arbitraries.integers().greaterOrEqual(1)),
            Map.entry("batch_size", Arbitraries.integers().between(1, 8192)),
            Map.entry("validation_size", Arbitraries.integers().between(1, 100_000_000)),
            Map.entry("learning_rate", Arbitraries.doubles().between(1e-9, 10).ofScale(12)),
            Map.entry("max_regression", Arbitraries.doubles().between(0, 1).ofScale(12)),
            Map.entry("min_test_accuracy", Arbitraries.doubles().between(0, 1).ofScale(12)),
            Map.entry(
                    "max_gradient_norm", Arbitraries.doubles().between(1e-9, 10).ofScale(12)),
            Map.entry("every_epochs", Arbitraries.doubles().between(1e-9, 10).ofScale(12)),
            Map.entry("warm_up_epochs", SHARES),
            Map.entry("label_smoothing", SHARES),
            Map.entry("weight_decay", SHARES),
            Map.entry("averaging", SHARES),
            Map.entry("momentum", SHARES),
            Map.entry("beta1", SHARES),
            Map.entry("beta2", SHARES),
            Map.entry("epsilon", SHARES),
            Map.entry("rho", SHARES),
            Map.entry("factor", SHARES),
            Map.entry("last", SHARES),
            Map.entry("probability", SHARES),
            Map.entry("smallest", SHARES),
            Map.entry("largest", SHARES),
            Map.entry("rate", SHARES),
            Map.entry("min_improvement", SHARES),
            Map.entry("patience", SMALL),
            Map.entry("filters", SMALL),
            Map.entry("kernel", SMALL),
            Map.entry("stride", SMALL),
            Map.entry("size", SMALL),
            Map.entry("multiplier", SMALL),
            Map.entry("units", SMALL),
            Map.entry("precision", Arbitraries.of("float32", "bfloat16")),
            Map.entry("continue_from", NAMES),
            Map.entry("resume_from", NAMES),
            Map.entry("stop_after_epoch", SMALL),
            Map.entry("sweep_id", NAMES.filter(name -> name.length() <= 56)),
            Map.entry("field", Arbitraries.of("learningRate", "layers[0].dense.units")),
            Map.entry("low", SHARES),
            Map.entry("high", SHARES),
            Map.entry("scale", Arbitraries.of("linear", "log")),
            Map.entry("trials", Arbitraries.integers().between(2, 256)),
            Map.entry("archive", NAMES.map(name -> name + ".zip")),
            Map.entry("upload", NAMES),
            Map.entry("height", SMALL),
            Map.entry("width", SMALL),
            Map.entry("channels", Arbitraries.of(1, 3)),
            Map.entry("validation_share", SHARES.map(share -> share / 2)),
            Map.entry("test_share", SHARES.map(share -> share / 2)),
            Map.entry("skip_unreadable", SHARES),
            Map.entry("parallel_runs", SMALL),
            Map.entry("min_epochs", SMALL),
            Map.entry("reduction_factor", Arbitraries.integers().between(2, 16)),
            Map.entry("kernels", Arbitraries.of("he-normal", "zeros")),
            Map.entry("biases", Arbitraries.of("glorot-uniform", "zeros")),
            Map.entry("activation", Arbitraries.of("relu", "gelu")),
            Map.entry("function", Arbitraries.of("relu", "gelu")),
            Map.entry(
                    "label_names",
                    TEXTS.filter(text -> !text.isBlank())
                            .list()
                            .ofMinSize(2)
                            .ofMaxSize(12)
                            .uniqueElements()));

    private static final Set<String> PRESENT = Set.of("source", "training");
    private static final Set<String> REQUIRED = Set.of(
            "catwalk.training.v1.Dropout.rate",
            "catwalk.training.v1.ResidualBlock.layers",
            "catwalk.sweep.v1.SweepRequested.parameters");

    private PayloadArbitraries() {}

    /** Any event of any type. */
    static Arbitrary<Event<?>> events() {
        return Arbitraries.of(EventType.all())
                .flatMap(PayloadArbitraries::events)
                .edgeCases(EdgeCases.Config::none);
    }

    static Arbitrary<Event<?>> requests() {
        return Arbitraries.of(
                        EventType.all().stream().filter(EventType::isRequest).toList())
                .flatMap(PayloadArbitraries::events)
                .edgeCases(EdgeCases.Config::none);
    }

    private static <M extends Message> Arbitrary<Event<?>> events(EventType<M> type) {
        Arbitrary<M> payloads = messages(type.newBuilder().build()).map(type::cast);
        return Combinators.combine(TEXTS, TEXTS, times(), payloads)
                .as((id, source, time, payload) ->
                        new Event<>(id, "/" + source.replaceAll("[^a-z]", "-"), type, time, payload));
    }

    private static Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, Records.NOW.getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    /** With one field of each oneof, at random. */
    private static Arbitrary<Message> messages(Message prototype) {
        Descriptor type = prototype.getDescriptorForType();
        Arbitrary<Message.Builder> builders = Arbitraries.create(() -> prototype.newBuilderForType());
        for (FieldDescriptor field : type.getFields()) {
            if (field.getRealContainingOneof() == null) {
                builders = with(builders, value(prototype, field));
            }
        }
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            builders = with(
                    builders,
                    Arbitraries.of(oneof.getFields())
                            .flatMap(field -> Arbitraries.lazy(() ->
                                    values(prototype, field).map(value -> Optional.of(new Entry(field, value))))));
        }
        return builders.map(Message.Builder::build).map(PayloadArbitraries::agreeing);
    }

    /** Beside pictures the options of IDX files are left out, and beside an upload the archive's name. */
    private static Message agreeing(Message message) {
        if (!(message instanceof DatasetRequested request)) {
            return message;
        }
        DatasetRequested.Builder agreeing = request.toBuilder();
        boolean isUpload = request.getSource().hasUpload();
        if (!request.hasPictures()) {
            return isUpload
                    ? agreeing.setSource(DatasetSource.newBuilder().setFolder("/f"))
                            .build()
                    : request;
        }
        agreeing.getPicturesBuilder().setArchive(isUpload ? "" : "pictures.zip");
        return agreeing.clearLabelNames().clearValidationSize().build();
    }

    private record Entry(FieldDescriptor field, Object value) {}

    private static Arbitrary<Message.Builder> with(
            Arbitrary<Message.Builder> builders, Arbitrary<Optional<Entry>> entries) {
        return Combinators.combine(builders, entries).as((builder, entry) -> {
            entry.ifPresent(present -> builder.setField(present.field(), present.value()));
            return builder;
        });
    }

    private static Arbitrary<Optional<Entry>> value(Message prototype, FieldDescriptor field) {
        Arbitrary<Entry> values = values(prototype, field).map(value -> new Entry(field, value));
        return isOptional(field) ? values.optional() : values.map(Optional::of);
    }

    private static boolean isOptional(FieldDescriptor field) {
        return !REQUIRED.contains(field.getFullName())
                && (field.isRepeated() || field.hasPresence() && !PRESENT.contains(field.getName()));
    }

    private static Arbitrary<?> values(Message prototype, FieldDescriptor field) {
        if (field.getFullName().equals("catwalk.training.v1.ResidualBlock.layers")) {
            return messages(inner(prototype, field))
                    .filter(layer -> !((Layer) layer).hasResidualBlock())
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(2);
        }
        if (field.getName().equals("layers") || field.getName().equals("parameters") && field.isRepeated()) {
            return messages(inner(prototype, field)).list().ofMinSize(1).ofMaxSize(2);
        }
        if (field.getName().equals("padding")) {
            return field.getJavaType() == JavaType.STRING ? Arbitraries.of("same", "valid") : SMALL;
        }
        if (field.getJavaType() == JavaType.BOOLEAN) {
            return Arbitraries.of(true, false);
        }
        if (field.getJavaType() != JavaType.MESSAGE && BY_NAME.containsKey(field.getName())) {
            return BY_NAME.get(field.getName());
        }
        if (field.getName().endsWith("digest")) {
            return DIGESTS;
        }
        Arbitrary<?> single = byType(prototype, field);
        return field.isRepeated() ? single.list().ofMaxSize(5) : single;
    }

    private static Arbitrary<?> byType(Message prototype, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> Arbitraries.integers();
            case LONG -> Arbitraries.longs();
            case DOUBLE -> Arbitraries.doubles();
            case BOOLEAN -> Arbitraries.of(true, false);
            case STRING -> TEXTS;
            case ENUM -> Arbitraries.of(field.getEnumType().getValues());
            case MESSAGE -> nested(prototype, field);
            case FLOAT -> Arbitraries.floats();
            case BYTE_STRING ->
                Arbitraries.bytes().array(byte[].class).ofMaxSize(30).map(ByteString::copyFrom);
        };
    }

    private static Arbitrary<? extends Message> nested(Message prototype, FieldDescriptor field) {
        Message inner = inner(prototype, field);
        if (inner instanceof Duration) {
            return SPANS;
        }
        if (inner instanceof Timestamp) {
            return TIMES;
        }
        if (inner instanceof ListValue) {
            return VALUES.list()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .map(values -> ListValue.newBuilder().addAllValues(values).build());
        }
        if (inner instanceof Struct) {
            return VALUES.map(value ->
                    Struct.newBuilder().putFields("learningRate", value).build());
        }
        return messages(inner)
                .filter(message -> !field.getName().equals("source")
                        || !message.getAllFields().isEmpty());
    }

    private static Message inner(Message prototype, FieldDescriptor field) {
        return prototype.newBuilderForType().newBuilderForField(field).build();
    }
}
