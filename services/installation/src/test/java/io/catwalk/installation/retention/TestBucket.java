package io.catwalk.installation.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;

/** Lays out a bucket on a store that keeps it as files, whose times can be set back. */
final class TestBucket {
    static final Duration OLD = Duration.ofDays(40);
    private static final Retry RETRY = new Retry(Duration.ofMillis(10), Duration.ofMillis(100));

    private final ObjectStore store;
    private final Path files;

    TestBucket(ObjectStore store, Path files) {
        this.store = store;
        this.files = files;
    }

    Digest blob(String content) {
        return new Blobs(store).put(content.getBytes(UTF_8));
    }

    /** Who asked for a run over HTTP. */
    ObjectKey asked(String event) {
        ObjectKey key = Artifacts.asked(JobKind.RUN, Digest.of(event.getBytes(UTF_8)));
        store.put(key, "{}".getBytes(UTF_8));
        return key;
    }

    /** A run that was claimed, and names what the texts say. */
    Journal open(String id, String... names) throws InterruptedException {
        Journal journal = new Journal(store, Artifacts.journal(JobKind.RUN, new Name(id)), "test", RETRY);
        append(journal, 0, EntryKind.ACCEPTED, List.of(), names);
        append(journal, 1, EntryKind.CLAIMED, List.of(), names);
        return journal;
    }

    /** A run that has ended, with three checkpoints, of which its journal names two, and two event files. */
    void closed(String id, String... names) throws InterruptedException {
        Journal journal = open(id, names);
        Name run = new Name(id);
        List<String> digests = Stream.of("first", "second", "left")
                .map(name -> checkpoint(run, id + name))
                .toList();
        append(journal, 2, EntryKind.RESULT, digests.subList(0, 2), names);
        append(journal, 3, EntryKind.CLOSED, digests.subList(0, 2), names);
        for (int epoch = 0; epoch < 2; epoch++) {
            store.put(
                    Artifacts.tensorBoard(run).key("events.out.tfevents.%010d.catwalk".formatted(epoch)), new byte[6]);
        }
    }

    private String checkpoint(Name run, String content) {
        Digest digest = Digest.of(content.getBytes(UTF_8));
        store.put(Artifacts.checkpoints(run).key(digest.hex()), content.getBytes(UTF_8));
        return digest.toString();
    }

    static void append(Journal journal, long after, EntryKind kind, List<String> checkpoints, String... names)
            throws InterruptedException {
        List<Map<String, String>> stored =
                checkpoints.stream().map(digest -> Map.of("digest", digest)).toList();
        Object fold = Map.of("state", Map.of("checkpoints", stored, "names", Arrays.asList(names)));
        journal.append(after, new Draft(kind, 0, Optional.empty(), JournalJson.tree(fold)));
    }

    /** All that lies there was last modified long ago. */
    void age() {
        age("");
    }

    /** The same of what lies below a folder, if it is there. */
    void age(String folder) {
        if (Files.notExists(files.resolve(folder))) {
            return;
        }
        FileTime old = FileTime.from(Instant.now().minus(OLD));
        try (Stream<Path> all = Files.walk(files.resolve(folder))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of all objects, but of marks. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (String top : List.of("blobs/", "runs/", "datasets/", "models/")) {
            store.list(new Folder(top)).forEach(object -> keys.add(object.key().path()));
        }
        return keys;
    }

    void clear() {
        for (String top : List.of("blobs/", "runs/", "datasets/", "models/", "deletions/")) {
            store.list(new Folder(top)).forEach(object -> store.delete(object.key()));
        }
    }
}
