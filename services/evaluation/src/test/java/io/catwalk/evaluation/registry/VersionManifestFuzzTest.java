package io.catwalk.evaluation.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.params.provider.MethodSource;

class VersionManifestFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(IOException.class).allocates(1 << 19, 500);

    static Stream<byte[]> seeds() {
        Name model = new Name("fashion");
        return Stream.of(
                ManifestJson.write(PublishedVersions.manifest(model, 1)),
                ManifestJson.write(PublishedVersions.manifest(model, 2, Optional.of(Digest.of(new byte[0])))),
                "null".getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] json) {
        PROPERTY.check(json.length, () -> ManifestJson.read(json, VersionManifest.class))
                .ifPresent(manifest -> {
                    assertThat(Digest.parse(manifest.target().modelDigest())).isNotNull();
                    assertThat(manifest.test()).isNotNull();
                    assertThat(manifest.validation()).isNotNull();
                });
    }
}
