package io.catwalk.events;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
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

    private static final Map<String, Arbitrary<?>> BY_NAME = Map.ofEntries(
            Map.entry("run_id", NAMES),
            Map.entry("ingestion_id", NAMES),
            Map.entry("promotion_id", NAMES),
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
            Map.entry("label_names", TEXTS.list().ofMinSize(2).ofMaxSize(12).uniqueElements()));

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

    private static Arbitrary<Message> messages(Message prototype) {
        Arbitrary<Message.Builder> builders = Arbitraries.create(() -> prototype.newBuilderForType());
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            builders = Combinators.combine(builders, value(prototype, field)).as((builder, value) -> {
                value.ifPresent(present -> builder.setField(field, present));
                return builder;
            });
        }
        return builders.map(Message.Builder::build);
    }

    private static Arbitrary<Optional<Object>> value(Message prototype, FieldDescriptor field) {
        Arbitrary<Object> values = values(prototype, field).asGeneric();
        return isOptional(field) ? values.optional() : values.map(Optional::of);
    }

    private static boolean isOptional(FieldDescriptor field) {
        return field.isRepeated() || field.hasPresence() && !field.getName().equals("source");
    }

    private static Arbitrary<?> values(Message prototype, FieldDescriptor field) {
        if (BY_NAME.containsKey(field.getName())) {
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
            case FLOAT, BYTE_STRING -> throw new AssertionError("no event has " + field.getJavaType());
        };
    }

    private static Arbitrary<? extends Message> nested(Message prototype, FieldDescriptor field) {
        Message inner = prototype.newBuilderForType().newBuilderForField(field).build();
        if (inner instanceof Duration) {
            return SPANS;
        }
        return messages(inner)
                .filter(message -> !field.getName().equals("source")
                        || !message.getAllFields().isEmpty());
    }
}
