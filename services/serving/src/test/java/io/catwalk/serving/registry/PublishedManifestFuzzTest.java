package io.catwalk.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the manifests that stand in for lost events. */
class PublishedManifestFuzzTest {
    private static final Name MODEL = new Name("fashion");
    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(UnknownEntryException.class)
            .orWith(IllegalArgumentException.class)
            .allocates(1 << 19, 500);

    static Stream<byte[]> seeds() {
        String digest = "`sha256:" + "0".repeat(64) + "`";
        return Stream.of(
                        "{`digests`:{`model`:" + digest + ",`onnx`:" + digest
                                + "},`imageShape`:[28,28,1],`labelNames`:[`shirt`,`shoe`]}",
                        "{`digests`:{`model`:" + digest + "},`imageShape`:[1,null,1],`labelNames`:[null,`shoe`]}",
                        "null")
                .map(text -> text.replace('`', '"').getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void isPublishedOrRefused(byte[] manifest) {
        ModelRegistry registry = new ModelRegistry();
        PROPERTY.check(manifest.length, () -> {
                    new RegistryEvents(registry).apply(RegistryJournals.published(MODEL, 1, manifest));
                    return registry.version(MODEL, 1).orElseThrow();
                })
                .ifPresent(version -> assertThat(version.labelNames()).isNotEmpty());
    }
}
