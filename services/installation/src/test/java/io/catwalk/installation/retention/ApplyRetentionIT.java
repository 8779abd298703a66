package io.catwalk.installation.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.installation.OnBrokerAndStore;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a real store: what it deletes, what it leaves, and what a kill or a writer beside it changes. */
class ApplyRetentionIT extends OnBrokerAndStore {
    private static final Retry RETRY = new Retry(Duration.ofMillis(10), Duration.ofSeconds(2));
    private static final String[] ALL = {"--delete", "--checkpoints-after=P20D", "--event-files-after=P20D"};
    private static final int RACED = 60;

    private final ObjectStore store =
            new MinioObjectStore(storeConfig(SECRET_KEY).settings());
    private final TestBucket bucket = new TestBucket(store, bucketFolder());
    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void empty() {
        bucket.clear();
    }

    @Test
    void aDryRunDeletesNothing() throws Exception {
        layOut();
        Set<String> before = bucket.keys();

        assertThat(execute("--checkpoints-after=P20D", "--event-files-after=P20D"))
                .isZero();

        assertThat(bucket.keys()).isEqualTo(before);
        assertThat(store.list(new Folder("deletions/"))).isEmpty();
        assertThat(printed.toString())
                .contains(
                        "blobs                 2",
                        "checkpoints           4",
                        "event-files           4",
                        "callers               1")
                .endsWith("nothing is deleted without --delete\n");
    }

    @Test
    void whatNothingNeedsIsDeletedAndAllElseStays() throws Exception {
        Set<String> kept = layOut();

        assertThat(execute(ALL)).isZero();
        assertThat(bucket.keys()).isEqualTo(kept);
        assertThat(store.list(new Folder("deletions/"))).isEmpty();

        printed.getBuffer().setLength(0);
        assertThat(execute("--delete", "--checkpoints-after=P20D", "--event-files-after=P20D", "--json"))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(printed.toString());
        assertThat(report.at("/parts/blobs/objects").asLong()).isZero();
        assertThat(report.at("/parts/checkpoints/deleted").asLong()).isZero();
    }

    @Test
    void withoutAgesRunsKeepWhatTheirJournalsName() throws Exception {
        bucket.closed("ended");
        bucket.age();
        Set<String> before = bucket.keys();

        assertThat(execute("--delete")).isZero();

        before.removeIf(
                key -> key.endsWith(Digest.of("endedleft".getBytes(UTF_8)).hex()));
        assertThat(bucket.keys()).isEqualTo(before);
    }

    @Test
    void aKillAtEachStepLeavesWhatTheNextRunFinishes() throws Exception {
        int step = 0;
        boolean killed = true;
        while (killed) {
            step++;
            bucket.clear();
            Set<String> kept = layOut();
            killed = diesAt(step);
            assertThat(bucket.keys()).as("after a kill at step " + step).containsAll(withoutNote(kept));
            // Its mark holds writers, not the next run.
            assertThat(execute(ALL)).isZero();
            assertThat(bucket.keys()).as("after a kill at step " + step).isEqualTo(kept);
            bucket.age("deletions");
            assertThat(execute(ALL)).isZero();
            assertThat(store.list(new Folder("deletions/"))).isEmpty();
        }
        assertThat(step).isGreaterThan(10);
    }

    @Test
    void aWriterBesideItLosesNothing() throws Exception {
        List<String> contents =
                IntStream.range(0, RACED).mapToObj(number -> "raced " + number).toList();
        contents.forEach(bucket::blob);
        bucket.age();
        AtomicBoolean ended = new AtomicBoolean();
        Thread deleting = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                execute("--delete");
            }
        });
        try {
            for (String content : contents) {
                Journal journal = bucket.open("names-" + contents.indexOf(content));
                Digest digest = RETRY.untilAnswered(() -> new Blobs(store).put(content.getBytes(UTF_8)));
                TestBucket.append(journal, 2, EntryKind.RESULT, List.of(), digest.toString());
                TestBucket.append(journal, 3, EntryKind.CLOSED, List.of(), digest.toString());
            }
        } finally {
            ended.set(true);
            deleting.join();
        }
        bucket.age();
        assertThat(execute("--delete")).isZero();

        assertThat(contents).allMatch(content -> new Blobs(store).isIntact(Digest.of(content.getBytes(UTF_8))));
    }

    @Test
    void whatAnOpenJobMayNameStays() throws Exception {
        Journal open = bucket.open("frozen");
        bucket.age();
        Digest stored = bucket.blob("stored by its holder");
        bucket.age("blobs");

        assertThat(execute("--delete")).isZero();

        assertThat(printed.toString()).contains("stay: runs/frozen is open since then");
        assertThat(store.exists(Artifacts.blob(stored))).isTrue();
        TestBucket.append(open, 2, EntryKind.CLOSED, List.of());
        bucket.age();
        assertThat(execute("--delete")).isZero();
        assertThat(store.exists(Artifacts.blob(stored))).isFalse();
    }

    @Test
    void aJournalThatCannotBeReadKeepsTheCheckpointsThatItMayContinue() throws Exception {
        bucket.closed("ended");
        store.put(new ObjectKey("runs/damaged/journal/00000001.json"), "no JSON".getBytes(UTF_8));
        bucket.age();

        assertThat(execute(ALL)).isZero();

        assertThat(printed.toString()).contains("runs/damaged can't be read, and may continue any of them");
        assertThat(store.list(Artifacts.checkpoints(new Name("ended")))).hasSize(2);
    }

    @Test
    void theStoreItselfRefusesADeletionThatComesTooLate() {
        ObjectKey blob = Artifacts.blob(bucket.blob("late"));
        Instant signed = store.time();
        Runnable deletion = store.deletion(blob, Duration.ofSeconds(1));

        await().until(() -> store.time().isAfter(signed.plusSeconds(3)));

        assertThatThrownBy(deletion::run).isInstanceOf(StoreRefusedException.class);
        assertThat(store.exists(blob)).isTrue();
        store.deletion(blob, Duration.ofMinutes(5)).run();
        assertThat(store.exists(blob)).isFalse();
    }

    @Test
    void saysThatItCannot() {
        assertThat(execute("--unreferenced-for=PT59M")).isEqualTo(2);
        assertThat(execute("--checkpoints-after=PT0S")).isEqualTo(2);
        assertThat(execute("--callers-for=PT59M")).isEqualTo(2);
        assertThat(execute("--readers=0")).isEqualTo(2);
        assertThat(execute("--all")).isEqualTo(2);
        assertThat(new CommandLine(new ApplyRetentionCommand(storeConfig("wrong-keys"))).execute())
                .isEqualTo(2);
        assertThat(printed.toString()).isEmpty();
        assertThatThrownBy(() -> new RetentionSettings(
                        true, Duration.ofMinutes(59), Optional.empty(), Optional.empty(), Duration.ofDays(30), 1))
                .hasMessage("unreferenced-for is PT59M, must be at least PT1H");
    }

    /** @return what is to stay: of the ended run, which is old, and of the one that another continues */
    private Set<String> layOut() throws InterruptedException {
        String report = bucket.blob("{\"predictions\":\"" + bucket.blob("predictions") + "\"}")
                .toString();
        bucket.closed("ended", report, bucket.blob("a model").toString());
        bucket.closed(
                "continued",
                bucket.blob("{\"schema\":3,\"later\":\""
                                + bucket.blob("of a later release").hex() + "\"}")
                        .toString());
        store.put(
                Artifacts.modelVersion(new Name("m"), 1),
                ("{\"modelDigest\":\"" + bucket.blob("a model") + "\"}").getBytes(UTF_8));
        Set<String> gone = new HashSet<>();
        for (String content : List.of("nobody's", "nobody's either")) {
            gone.add(Artifacts.blob(bucket.blob(content)).path());
        }
        gone.add(bucket.asked("long ago").path());
        bucket.age();
        bucket.asked("just now");
        // Claimed after all that was stored.
        bucket.open("continues", "continued");
        bucket.blob("just stored");
        store.list(Artifacts.checkpoints(new Name("ended")))
                .forEach(checkpoint -> gone.add(checkpoint.key().path()));
        gone.add(Artifacts.checkpoints(new Name("continued"))
                + Digest.of("continuedleft".getBytes(UTF_8)).hex());
        for (String run : List.of("ended", "continued")) {
            store.list(Artifacts.tensorBoard(new Name(run)))
                    .forEach(file -> gone.add(file.key().path()));
        }
        Set<String> kept = bucket.keys();
        kept.removeAll(gone);
        kept.add(Artifacts.checkpointsExpired(new Name("ended")).path());
        return kept;
    }

    private static Set<String> withoutNote(Set<String> kept) {
        return kept.stream().filter(key -> !key.contains("/expired/")).collect(Collectors.toSet());
    }

    /** Whether a retention whose process dies before its call of that number that changes something came so far. */
    private boolean diesAt(int step) throws InterruptedException {
        AtomicInteger changes = new AtomicInteger();
        ObjectStore dying = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (Set.of("put", "createIfAbsent", "delete").contains(method.getName())) {
                        dieAt(step, changes);
                    }
                    Object answer = invoke(method, arguments);
                    return answer instanceof Runnable deletion
                            ? (Runnable) () -> {
                                dieAt(step, changes);
                                deletion.run();
                            }
                            : answer;
                });
        RetentionSettings settings = new RetentionSettings(
                true,
                Duration.ofDays(7),
                Optional.of(Duration.ofDays(20)),
                Optional.of(Duration.ofDays(20)),
                Duration.ofDays(30),
                2);
        try {
            new Retention(dying, settings).run();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void dieAt(int step, AtomicInteger changes) {
        if (changes.incrementAndGet() >= step) {
            throw new IllegalStateException("killed");
        }
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private int execute(String... words) {
        return new CommandLine(new ApplyRetentionCommand(storeConfig(SECRET_KEY)))
                .setOut(new PrintWriter(printed))
                .execute(words);
    }
}
