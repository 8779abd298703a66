package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Blobs blobs = new Blobs(store);

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasStored() throws Exception {
        Digest digest = blobs.put("hello".getBytes(UTF_8));
        Path target = folder.resolve("deep/copy");

        blobs.download(digest, target);

        assertThat(digest).hasToString("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(blobs.read(digest, 5)).asString().isEqualTo("hello");
        assertThat(target).hasContent("hello");
        assertThat(blobs.put(target)).isEqualTo(digest);
    }

    @Test
    void givesSomeOfTheBytes() {
        Digest digest = blobs.put("hello".getBytes(UTF_8));

        assertThat(blobs.readPart(digest, 1, 3)).asString().isEqualTo("ell");
        assertThat(blobs.readPart(digest, 0, 5)).asString().isEqualTo("hello");
        assertThatThrownBy(() -> blobs.readPart(digest, 3, 3))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessage("blob " + digest + " has 2 bytes from byte 3 on, must have 3");
        assertThatThrownBy(() -> blobs.readPart(Digest.of(new byte[1]), 0, 1))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageEndingWith("is missing");
    }

    @Tag("fault-19")
    @Test
    void refusesADamagedBlobAndLeavesNoFile() throws Exception {
        Digest digest = blobs.put("hello".getBytes(UTF_8));
        store.put(Artifacts.blob(digest), "hellp".getBytes(UTF_8));

        assertThatThrownBy(() -> blobs.read(digest, 5)).isInstanceOf(CorruptBlobException.class);
        assertThatThrownBy(() -> blobs.download(digest, folder.resolve("copy")))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageContaining(digest.toString());
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void knowsWhatIsIntact() {
        Digest digest = blobs.put("hello".getBytes(UTF_8));

        assertThat(blobs.isIntact(digest)).isTrue();
        assertThat(blobs.isIntact(Digest.of(new byte[0]))).isFalse();

        store.put(Artifacts.blob(digest), "hellp".getBytes(UTF_8));
        assertThat(blobs.isIntact(digest)).isFalse();
    }

    @Test
    void refusesAMissingBlobAndOneThatIsTooLarge() {
        Digest digest = blobs.put("hello".getBytes(UTF_8));

        assertThatThrownBy(() -> blobs.read(Digest.of(new byte[0]), 5))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageEndingWith("is missing");
        assertThatThrownBy(() -> blobs.read(digest, 4)).isInstanceOf(ObjectTooLargeException.class);
    }
}
