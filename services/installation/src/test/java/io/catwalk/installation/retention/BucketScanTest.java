package io.catwalk.installation.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Test;

class BucketScanTest {
    private static final String DIGITS = "0123456789abcdef".repeat(4);

    private Instant now = Instant.parse("2026-11-29T08:00:00Z");
    private final ObjectStore store = new InMemoryObjectStore(() -> now);

    /** A folder whose objects name blobs must be read, or what they name is deleted. */
    @Test
    void everyFolderOfTheLayoutIsReadOrNamesNoBlob() {
        Set<String> read = new LinkedHashSet<>(Set.of("datasets", "models"));
        Arrays.stream(JobKind.values()).map(JobKind::folder).forEach(read::add);
        Set<String> namesNone = Set.of("blobs", "deletions", "index", "open", "self-tests", "uploads");

        assertThat(Stream.concat(read.stream(), namesNone.stream()))
                .containsExactlyInAnyOrderElementsOf(Artifacts.topFolders());
    }

    @Test
    void findsWhateverMayBeADigest() throws IOException {
        String text =
                "{\"a\":\"sha256:%s\",\"b\":\"%sff\",\"c\":\"%s\"}".formatted(DIGITS, DIGITS, DIGITS.substring(1));
        Set<String> found = new LinkedHashSet<>();

        DigestScanner.scan(new ByteArrayInputStream(text.getBytes(UTF_8)), found::add);

        assertThat(found).containsExactly(DIGITS, DIGITS.substring(1) + "f", DIGITS.substring(2) + "ff");
    }

    @Test
    void followsDocumentsThatAreNamed() throws InterruptedException {
        Digest file = new Blobs(store).put("a file".getBytes(UTF_8));
        Digest manifest = new Blobs(store).put(("{\"file\":\"" + file + "\"}").getBytes(UTF_8));
        Digest unnamed = new Blobs(store).put(("{\"file\":\"" + DIGITS + "\"}").getBytes(UTF_8));
        put("datasets/d/journal/00000001.json", "of a later release, " + manifest);

        assertThat(scan().named()).contains(file.hex(), manifest.hex()).doesNotContain(unnamed.hex(), DIGITS);
    }

    @Test
    void aJobThatIsNotUnderstoodIsOpenSinceItsFirstStrangeEntry() throws InterruptedException {
        put("runs/r1/journal/00000001.json", "{\"kind\":\"accepted\",\"fold\":{}}");
        now = now.plusSeconds(60);
        Instant strange = now;
        put("runs/r1/journal/00000002.json", "{\"kind\":\"leased\",\"fold\":{}}");
        now = now.plusSeconds(60);
        put("runs/r1/journal/00000003.json", "damaged");

        assertThat(scan().jobs()).singleElement().satisfies(job -> {
            assertThat(job.closed()).isEmpty();
            assertThat(job.firstClaim()).isEqualTo(Optional.of(strange));
            assertThat(job.newest()).isEmpty();
        });
    }

    private void put(String key, String content) {
        store.put(new ObjectKey(key), content.getBytes(UTF_8));
    }

    private BucketScan.Found scan() throws InterruptedException {
        try (Readers readers = new Readers(2)) {
            return new BucketScan(store, readers).run();
        }
    }
}
