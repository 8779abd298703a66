package io.catwalk.ingestion.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final Duration KEEP = Duration.ofDays(1);
    private static final int MOST = 1000;

    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> now);
    private final Jobs ingestions =
            new Jobs(store, JobKind.INGESTION, "test", new Retry(Duration.ofMillis(1), Duration.ofMillis(10)));

    @TempDir
    Path work;

    @Test
    void keepsWhatCameWhole() throws Exception {
        Upload upload = receive(new byte[MOST], MOST);

        assertThat(upload.bytes()).isEqualTo(MOST);
        assertThat(upload.digest()).isEqualTo(Digest.of(new byte[MOST]));
        assertThat(store.read(Artifacts.upload(upload.id()), MOST))
                .hasValueSatisfying(object -> assertThat(object.content()).hasSize(MOST));
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void refusesMoreThanTheMostBeforeOrWhileItComes() {
        byte[] content = new byte[MOST + 1];
        for (long stated : new long[] {content.length, -1}) {
            assertThatThrownBy(() -> receive(content, stated))
                    .isInstanceOf(UploadTooLargeException.class)
                    .hasMessage("the body has more than 1000 bytes, the most that"
                            + " catwalk.ingestion.pictures.max-archive-size allows");
        }
        assertNothingIsLeft();
    }

    @Test
    void keepsNothingOfWhatBreaksOff() {
        InputStream cut = new InputStream() {
            private int left = 100;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("reset");
                }
                left--;
                return 1;
            }
        };

        assertThatThrownBy(() -> uploads(1).receive(cut, 500))
                .isInstanceOf(BrokenUploadException.class)
                .hasMessage("the body broke off: reset");
        assertNothingIsLeft();
    }

    @Test
    void aWorkFolderThatCannotTakeItIsNotTheClientsFault() throws IOException {
        Path file = Files.createFile(work.resolve("file"));

        assertThatThrownBy(() -> new Uploads(store, file, MOST, 1).receive(new ByteArrayInputStream(new byte[1]), 1))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(BrokenUploadException.class);
        assertThat(store.list(Artifacts.uploads())).isEmpty();
    }

    @Test
    void receivesOnlySoManyAtOnce() {
        assertThatThrownBy(() -> uploads(0).receive(new ByteArrayInputStream(new byte[1]), 1))
                .isInstanceOf(Uploads.NoPlaceException.class);
    }

    @Test
    void deletesWhatIsOldAndNotNamedByAnOpenIngestion() throws Exception {
        Upload abandoned = receive(new byte[1], 1);
        Upload named = receive(new byte[2], 2);
        accept("i1", named.id());
        now = now.plus(KEEP).plusSeconds(1);
        Upload fresh = receive(new byte[3], 3);

        expire();

        assertThat(store.exists(Artifacts.upload(abandoned.id()))).isFalse();
        assertThat(store.exists(Artifacts.upload(named.id()))).isTrue();
        assertThat(store.exists(Artifacts.upload(fresh.id()))).isTrue();

        ingestions
                .open()
                .forEach(id -> store.delete(Artifacts.open(JobKind.INGESTION).key(id.value())));
        expire();

        assertThat(store.exists(Artifacts.upload(named.id()))).isFalse();
        assertThat(store.exists(Artifacts.upload(fresh.id()))).isTrue();
    }

    @Test
    void deletesTheFilesOfKilledProcesses() throws Exception {
        Path left = Files.createFile(work.resolve(".upload-killed"));
        Path fresh = Files.createFile(work.resolve(".upload-fresh"));
        Path other = Files.createDirectory(work.resolve("i1"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(KEEP).minusSeconds(60)));

        expire();

        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
        assertThat(other).exists();
    }

    private void accept(String ingestion, Name upload) throws InterruptedException {
        var request = JsonNodeFactory.instance.objectNode();
        request.putObject("source").put("upload", upload.value());
        ingestions.accept(new Name(ingestion), request, Digest.of(new byte[0]).toString(), Asker.within("a test"));
    }

    private void expire() throws IOException {
        new UploadExpiry(store, uploads(1), ingestions, KEEP).deleteExpired();
    }

    private Upload receive(byte[] content, long stated) throws Exception {
        return uploads(1).receive(new ByteArrayInputStream(content), stated);
    }

    private Uploads uploads(int atOnce) {
        return new Uploads(store, work, MOST, atOnce);
    }

    private void assertNothingIsLeft() {
        assertThat(work).isEmptyDirectory();
        assertThat(store.list(Artifacts.uploads())).isEmpty();
    }
}
