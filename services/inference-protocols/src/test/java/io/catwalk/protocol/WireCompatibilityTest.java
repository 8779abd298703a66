package io.catwalk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.catwalk.protocol.inference.Inference;
import io.catwalk.protocol.tensorflow.serving.ModelServiceOuterClass;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceOuterClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas against those of tritonclient 2.73, tensorflow-serving-api 2.18 and tensorflow 2.21, in original-schemas.txt. */
class WireCompatibilityTest {
    private static final Set<String> ORIGINAL = original();

    static Stream<FileDescriptor> schemas() {
        return Stream.of(
                        Inference.getDescriptor(),
                        PredictionServiceOuterClass.getDescriptor(),
                        ModelServiceOuterClass.getDescriptor())
                .flatMap(WireCompatibilityTest::withDependencies)
                .filter(schema -> !schema.getPackage().startsWith("google."))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void namesNumbersAndTypesAreTheOriginals(FileDescriptor schema) {
        assertThat(lines(schema)).isNotEmpty().isSubsetOf(ORIGINAL);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void packedFieldsAreThoseOfProto3(FileDescriptor schema) {
        assertThat(schema.toProto().getSyntax()).isEqualTo("proto3");
        assertThat(messages(schema.getMessageTypes())
                        .flatMap(message -> message.getFields().stream())
                        .filter(FieldDescriptor::isPackable))
                .allMatch(FieldDescriptor::isPacked);
    }

    private static Stream<FileDescriptor> withDependencies(FileDescriptor schema) {
        return Stream.concat(
                Stream.of(schema), schema.getDependencies().stream().flatMap(WireCompatibilityTest::withDependencies));
    }

    private static List<String> lines(FileDescriptor schema) {
        return Stream.of(
                        messages(schema.getMessageTypes()).flatMap(WireCompatibilityTest::fields),
                        messages(schema.getMessageTypes())
                                .flatMap(message -> message.getEnumTypes().stream())
                                .flatMap(WireCompatibilityTest::values),
                        schema.getEnumTypes().stream().flatMap(WireCompatibilityTest::values),
                        schema.getServices().stream().flatMap(WireCompatibilityTest::methods))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Stream<Descriptor> messages(List<Descriptor> outer) {
        return outer.stream().flatMap(message -> Stream.concat(Stream.of(message), messages(message.getNestedTypes())));
    }

    private static Stream<String> fields(Descriptor message) {
        return message.getFields().stream()
                .map(field -> "field %s %d %s%s"
                        .formatted(
                                field.getFullName(),
                                field.getNumber(),
                                field.isRepeated() ? "repeated " : "",
                                type(field)));
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.toProto().getType().name().substring("TYPE_".length()).toLowerCase();
        };
    }

    private static Stream<String> values(EnumDescriptor type) {
        return type.getValues().stream()
                .map(value -> "value %s.%s %d".formatted(type.getFullName(), value.getName(), value.getNumber()));
    }

    private static Stream<String> methods(ServiceDescriptor service) {
        return service.getMethods().stream()
                .map(method -> "method %s %s %s"
                        .formatted(
                                method.getFullName(),
                                method.getInputType().getFullName(),
                                method.getOutputType().getFullName()));
    }

    private static Set<String> original() {
        try (InputStream lines = WireCompatibilityTest.class.getResourceAsStream("/original-schemas.txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
