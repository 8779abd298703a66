package io.catwalk.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.history.rule.Rules;
import io.catwalk.journal.JournalJson;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreSettings;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One history on a real store and broker; each test gets a copy of it, and damages one thing. */
class DamagedHistoryIT {
    private static final String ACCESS_KEY = "catwalk";
    private static final String SECRET_KEY = "catwalk-secret";
    private static final CheckSettings AT_ONCE = new CheckSettings(true, Duration.ZERO, Optional.empty(), 4);
    private static final Name R1 = new Name("r1");
    private static final Set<String> FOUND = new HashSet<>();

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static StoreProcess storeProcess;
    private static TestTopics topics;
    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> records;
    private static int copies;

    private Path bucket;
    private ObjectStore store;

    @BeforeAll
    static void leaveAHistory() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        storeProcess = StoreProcess.start(folder.resolve("store"), ACCESS_KEY, SECRET_KEY);
        topics = new TestTopics(broker.bootstrapServers(), new Topics("whole."));
        topics.create();
        new TestHistory(bucket(StoreProcess.BUCKET), topics).create();
        records = topics.read();
    }

    /** Where all tests ran, each rule has found the damage of one. */
    @AfterAll
    static void requireEachRuleShown() {
        long tests = Arrays.stream(DamagedHistoryIT.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        if (copies == tests) {
            assertThat(FOUND)
                    .containsExactlyInAnyOrderElementsOf(
                            Rules.all(unit -> Optional.empty(), (model, version) -> Optional.empty())
                                    .names());
        }
    }

    @AfterAll
    static void stop() {
        topics.close();
        storeProcess.close();
        broker.close();
    }

    /** With its times, by which jobs are found in the index. */
    @BeforeEach
    void copyTheBucket() throws IOException {
        String name = "copy-" + ++copies;
        Path source = folder.resolve("store").resolve("buckets").resolve(StoreProcess.BUCKET);
        bucket = source.resolveSibling(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, bucket.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        store = bucket(name);
    }

    @Test
    void anUndamagedHistoryIsClean() throws Exception {
        Report report = check();

        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.rules())
                .filteredOn(rule -> !rule.rule().equals("records-are-events"))
                .allSatisfy(rule -> assertThat(rule.checked()).as(rule.rule()).isPositive());
        assertThat(report.notes()).containsExactly("jobs that aren't closed yet: 1");
    }

    @Test
    void anEntryThatIsNone() throws Exception {
        put("runs/r1/journal/00000003.json", "{");

        assertFound("journal-readable", "runs/r1/journal/00000003.json");
    }

    @Test
    void anEntryOfAnotherSchema() throws Exception {
        change("runs/r1/journal/00000003.json", entry -> entry.put("schema", 3));

        assertFound("journal-readable", "runs/r1/journal/00000003.json");
    }

    @Test
    void aMissingEntry() throws Exception {
        delete("runs/r1/journal/00000003.json");

        assertFound("journal-contiguous", "runs/r1/journal/00000003.json");
    }

    @Test
    void anObjectThatIsNoEntry() throws Exception {
        put("runs/r1/journal/notes.txt", "");

        assertFound("journal-contiguous", "runs/r1/journal/notes.txt");
    }

    @Test
    void aJobThatGoesOnAfterItsEnd() throws Exception {
        String last = last("runs/r1/journal");
        put(next(last), read(last));

        assertFound("ended-once", next(last));
    }

    @Test
    void aJobWithoutAResult() throws Exception {
        change(last("runs/r1/journal"), entry -> ((ObjectNode) entry.get("fold")).remove("result"));

        assertFound("ended-once", last("runs/r1/journal"));
    }

    @Test
    void aRequestThatChanges() throws Exception {
        change("runs/r1/journal/00000004.json", entry -> fold(entry).put("requestDigest", "sha256:other"));

        assertFound("ended-once", "runs/r1/journal/00000004.json");
    }

    @Test
    void anEntryOfAWriterWithoutTheLease() throws Exception {
        change("runs/r1/journal/00000004.json", entry -> entry.put("writer", "another"));

        assertFound("lease-held", "runs/r1/journal/00000004.json");
    }

    @Test
    void anEntryThatSaysAnotherAsked() throws Exception {
        change(
                "runs/r1/journal/00000003.json",
                entry -> fold(entry).putObject("askedBy").put("cause", "sweeps/other"));

        assertFound("askers-kept", "runs/r1/journal/00000003.json");
    }

    @Test
    void anOpenJobWithoutAMarker() throws Exception {
        delete("open/runs/open");

        assertFound("open-marked", "runs/open");
    }

    @Test
    void aClosedJobWithAMarker() throws Exception {
        put("open/runs/r1", "");

        assertFound("open-marked", "open/runs/r1");
    }

    @Test
    void anOpenJobThatNobodyCanRead() throws Exception {
        put("runs/open/journal/00000001.json", "{}");

        assertFound("open-takeable", "open/runs/open");
    }

    @Test
    void aMarkerOfNoJob() throws Exception {
        put("open/rollouts/unheard", "");

        assertFound("markers-name-jobs", "open/rollouts/unheard");
    }

    @Test
    void aJobThatTheIndexLacks() throws Exception {
        try (Stream<Path> files = Files.walk(bucket.resolve("index/runs/accepted"))) {
            Files.delete(files.filter(file -> file.toString().endsWith("-r1"))
                    .findFirst()
                    .orElseThrow());
        }

        assertFound("index-agrees", "index/runs/accepted/ r1");
    }

    @Test
    void anIndexThatNamesAnotherEnd() throws Exception {
        change("index/runs/closed/r1", closed -> closed.put("number", 2));

        assertFound("index-agrees", "index/runs/closed/r1");
    }

    @Test
    void aHeartbeatOfNoClaim() throws Exception {
        put("runs/r1/heartbeat/3", "{}");

        assertFound("heartbeats-are-claims", "runs/r1/heartbeat/3");
    }

    @Test
    void aHeartbeatLongAfterTheEnd() throws Exception {
        Files.setLastModifiedTime(
                bucket.resolve("runs/r1/heartbeat/2"),
                FileTime.from(Instant.now().plus(Duration.ofHours(1))));

        assertFound("heartbeats-are-claims", "runs/r1/heartbeat/2");
    }

    @Test
    void aMissingCheckpoint() throws Exception {
        String checkpoint = checkpoint();
        delete(checkpoint);

        assertFound("checkpoints-stored", checkpoint);
    }

    @Test
    void aDamagedCheckpoint() throws Exception {
        String checkpoint = checkpoint();
        put(checkpoint, "checkpoint r1?");

        assertFound("content-matches", checkpoint);
    }

    @Test
    void aSweepWhoseRunIsGone() throws Exception {
        store.list(Artifacts.journal(JobKind.RUN, R1)).forEach(entry -> store.delete(entry.key()));

        assertFound("sweep-runs-exist", "sweeps/s1");
    }

    @Test
    void aCauseThatDecidesTwice() throws Exception {
        put("datasets/d1/journal/00000002.json", read("datasets/d1/journal/00000001.json"));

        assertFound("decision-once", "datasets/d1/journal/00000002.json");
    }

    @Test
    void aLabelThatJumps() throws Exception {
        change(
                "models/m1/labels/stable/journal/00000003.json",
                entry -> decision(entry).remove("before"));

        assertFound("label-line", "models/m1/labels/stable/journal/00000003.json");
    }

    @Test
    void aLabelWhoseEventSaysAnotherVersion() throws Exception {
        change(
                "models/m1/labels/stable/journal/00000003.json",
                entry -> body(entry).put("version", "2"));

        assertFound("label-line", "models/m1/labels/stable/journal/00000003.json");
    }

    @Test
    void aLabelThatPointsAtOtherContent() throws Exception {
        change(
                "models/m1/versions/2.json",
                manifest -> ((ObjectNode) manifest.get("digests"))
                        .put("model", manifest.get("digests").get("data").asText()));

        assertFound("label-targets", "models/m1/labels/stable/journal/00000002.json");
    }

    @Test
    void aPromotionsIdThatStandsForAnother() throws Exception {
        change("models/_promotions/p1.json", claim -> claim.put("version", 2));

        assertFound("promotion-once", "models/m1/labels/stable/journal/00000003.json");
    }

    @Test
    void aMissingVersion() throws Exception {
        delete("models/m1/versions/1.json");

        assertFound("versions-contiguous", "models/m1/versions/1.json");
    }

    @Test
    void aVersionAllottedTwice() throws Exception {
        put("models/m1/versions/3.json", read("models/m1/versions/2.json"));
        change("models/m1/versions/3.json", manifest -> manifest.put("version", 3));

        assertFound("version-allotted-once", "models/m1/versions/3.json");
    }

    @Test
    void aVersionThatIsAnnouncedWithAnotherManifest() throws Exception {
        String announced = announced();
        change(announced, entry -> body(entry).put("version", "1"));

        assertFound("published-once", event(announced));
    }

    @Test
    void aVersionThatIsAnnouncedAndWasStoredForAnotherRun() throws Exception {
        change("models/m1/versions/2.json", manifest -> manifest.put("runId", "r1"));

        Report report = check();
        assertFound(report, "published-once", event(announced()));
        assertFound(report, "label-targets", "models/m1/labels/stable/journal/00000002.json");
    }

    @Test
    void aMissingBlobThatOnlyAManifestNames() throws Exception {
        String blob = Artifacts.blob(TestHistory.content("images")).path();
        delete(blob);

        assertFound("digests-stored", blob);
    }

    @Test
    void aDamagedBlobIsFoundWhereContentIsRead() throws Exception {
        String blob = Artifacts.blob(TestHistory.content("predictions r1")).path();
        put(blob, "predictions r2");

        assertFound("content-matches", blob);
        assertThat(check(new Topics("whole."), new CheckSettings(false, Duration.ZERO, Optional.empty(), 1))
                        .findings())
                .isEmpty();
    }

    @Test
    void aLostEvent() throws Exception {
        assertFoundOn(damaged -> damaged.get("epoch-completed").remove(1), "events-published", "runs/r1/journal/4");
    }

    @Test
    void anEventThatNoEntryPromises() throws Exception {
        assertFoundOn(
                damaged -> damaged.get("epoch-completed").add(withId("epoch-completed", 0, "runs/r1/journal/99")),
                "events-promised",
                "epoch-completed-0@6");
    }

    @Test
    void anEventOfNoJob() throws Exception {
        assertFoundOn(
                damaged -> damaged.get("epoch-completed").add(withId("epoch-completed", 0, "runs/unheard/journal/3")),
                "events-promised",
                "epoch-completed-0@6");
    }

    @Test
    void anEventWithAnotherContent() throws Exception {
        assertFoundOn(
                damaged -> damaged.get("epoch-completed").add(withId("epoch-completed", 1, "runs/r1/journal/3")),
                "event-content",
                "epoch-completed-0@6");
    }

    @Test
    void eventsOutOfOrder() throws Exception {
        assertFoundOn(
                damaged -> damaged.get("epoch-completed")
                        .add(0, damaged.get("epoch-completed").remove(1)),
                "event-order",
                "epoch-completed-0@1");
    }

    @Test
    void aRecordThatIsNoEvent() throws Exception {
        assertFoundOn(
                damaged -> damaged.get("epoch-completed").add(record("epoch-completed", "not an event")),
                "records-are-events",
                "epoch-completed-0@6");
    }

    @Test
    void aWindowThatSaysTwoThings() throws Exception {
        try (TestTopics damaged = copyTopics(all -> {})) {
            damaged.send(TestHistory.window(1)).toCompletableFuture().join();

            assertAlone(check(damaged.topics(), AT_ONCE), "repeated-events", "serving-window-0@2");
        }
    }

    @Test
    void aRequestThatIsLostAndOneThatIsRefused() throws Exception {
        try (TestTopics damaged = copyTopics(all -> all.get("training-requested")
                .addAll(List.of(
                        record("training-requested", "{\"runId\":\"lost\",\"dataset\":\"d1\",\"model\":\"m1\"}"),
                        record("training-requested", "{\"runId\":"))))) {
            ProducerRecord<String, byte[]> letter =
                    new ProducerRecord<>(damaged.topics().deadLetters(), "{\"runId\":".getBytes(UTF_8));
            Map.of("topic", damaged.topics().nameOf(EventType.TRAINING_REQUESTED), "partition", "0", "offset", "4")
                    .forEach((name, value) -> letter.headers().add("dead-letter-" + name, value.getBytes(UTF_8)));
            damaged.send(letter).toCompletableFuture().join();

            Report pending = check(damaged.topics(), AT_ONCE);
            damaged.acknowledge("training", EventType.TRAINING_REQUESTED, 5);
            Report lost = check(damaged.topics(), AT_ONCE);

            assertThat(pending.findings()).isEmpty();
            assertThat(pending.notes())
                    .contains("dead letters of training-requested: 1", "requests that aren't acknowledged yet: 1");
            assertAlone(lost, "requests-accepted", "training-requested-0@3");
        }
    }

    @Test
    void aPromotionThatIsClaimedAndNotDecided() throws Exception {
        delete("models/m1/labels/stable/journal/00000003.json");

        assertFound("requests-accepted", "promotion-requested-0@0");
    }

    @Test
    void aCancelThatIsLost() throws Exception {
        try (TestTopics damaged = copyTopics(all -> all.get("training-cancel-requested")
                .add(record("training-cancel-requested", "{\"runId\":\"open\"}")))) {
            Report pending = check(damaged.topics(), AT_ONCE);
            damaged.acknowledge("training", EventType.TRAINING_CANCEL_REQUESTED, 2);

            assertThat(pending.findings()).isEmpty();
            assertAlone(check(damaged.topics(), AT_ONCE), "requests-accepted", "training-cancel-requested-0@1");
        }
    }

    @Test
    void aRequestOfWhichOnlyItsCancelIsLeft() throws Exception {
        try (TestTopics damaged = copyTopics(all -> {})) {
            new TestJobs(store, JobKind.RUN, damaged).cancel("late");
            damaged.send(new ProducerRecord<>(
                            damaged.topics().nameOf(EventType.TRAINING_REQUESTED),
                            "{\"runId\":\"late\",\"dataset\":\"d1\",\"model\":\"m1\"}".getBytes(UTF_8)))
                    .toCompletableFuture()
                    .join();
            Report pending = check(damaged.topics(), AT_ONCE);
            damaged.acknowledge("training", EventType.TRAINING_REQUESTED, 4);

            assertThat(pending.findings()).isEmpty();
            assertAlone(check(damaged.topics(), AT_ONCE), "requests-accepted", "training-requested-0@3");
        }
    }

    @Test
    void whatRetentionHasDeletedIsNotMissed() throws Exception {
        try (TestTopics damaged = copyTopics(all -> {})) {
            damaged.deleteBefore(EventType.EPOCH_COMPLETED, 4);

            Report report = check(damaged.topics(), AT_ONCE);

            assertThat(report.findings()).isEmpty();
            assertThat(report.notes())
                    .anySatisfy(note -> assertThat(note).startsWith("epoch-completed has lost its first records"));
        }
    }

    @Test
    void lostTopicsAreMissedUnlessTheirTimeIsNamed() throws Exception {
        try (TestTopics damaged = copyTopics(all -> all.values().forEach(List::clear))) {
            CheckSettings since = new CheckSettings(
                    true, Duration.ZERO, Optional.of(Instant.now().plusSeconds(60)), 4);

            assertThat(check(damaged.topics(), AT_ONCE).findings())
                    .extracting(Finding::rule)
                    .containsOnly("events-published")
                    .hasSizeGreaterThan(10);
            assertThat(check(damaged.topics(), since).findings()).isEmpty();
        }
    }

    @Test
    void aHistoryInProgressIsClean() throws Exception {
        Topics names = new Topics("running.");
        Files.createDirectories(bucket.resolveSibling("running"));
        try (TestTopics running = new TestTopics(broker.bootstrapServers(), names)) {
            running.create();
            store = bucket("running");
            Thread writer = Thread.ofPlatform().start(() -> create(running));
            CheckSettings patient = new CheckSettings(true, Duration.ofSeconds(1), Optional.empty(), 4);
            int checks = 0;
            do {
                assertThat(check(names, patient).findings()).isEmpty();
                checks++;
            } while (writer.isAlive());

            assertThat(checks).isGreaterThan(1);
            assertThat(check(names, AT_ONCE).findings()).isEmpty();
        }
    }

    private void create(TestTopics running) {
        try {
            TestHistory history = new TestHistory(store, running);
            history.create();
            history.train(12);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertFound(String rule, String subject) throws Exception {
        assertFound(check(), rule, subject);
    }

    private void assertFoundOn(
            Consumer<Map<String, List<ConsumerRecord<byte[], byte[]>>>> damage, String rule, String subject)
            throws Exception {
        try (TestTopics damaged = copyTopics(damage)) {
            assertAlone(check(damaged.topics(), AT_ONCE), rule, subject);
        }
    }

    private static void assertAlone(Report report, String rule, String subject) {
        assertFound(report, rule, subject);
        assertThat(report.findings()).as("nothing else").hasSize(1);
    }

    private static void assertFound(Report report, String rule, String subject) {
        FOUND.add(rule);
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals(rule))
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo(subject);
                    assertThat(finding.expected()).isNotBlank();
                    assertThat(finding.found()).isNotBlank();
                    assertThat(finding.next()).isNotBlank();
                });
        assertThat(report.isClean()).isFalse();
    }

    private TestTopics copyTopics(Consumer<Map<String, List<ConsumerRecord<byte[], byte[]>>>> damage) throws Exception {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> copy = new HashMap<>();
        records.forEach((topic, all) -> copy.put(topic, new ArrayList<>(all)));
        damage.accept(copy);
        TestTopics damaged = new TestTopics(broker.bootstrapServers(), new Topics("copy-" + copies + "."));
        damaged.create();
        copy.forEach((topic, all) -> damaged.copy(all, topic));
        return damaged;
    }

    private Report check() throws Exception {
        return check(new Topics("whole."), AT_ONCE);
    }

    private Report check(Topics names, CheckSettings settings) throws InterruptedException {
        return new HistoryCheck(store, topics.config(), names, settings, new Progress(line -> {})).run();
    }

    private static ConsumerRecord<byte[], byte[]> withId(String topic, int source, String id) {
        ConsumerRecord<byte[], byte[]> of = records.get(topic).get(source);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic, 0, 0, of.key(), of.value());
        of.headers()
                .forEach(header -> record.headers()
                        .add(header.key(), header.key().equals("ce_id") ? id.getBytes(UTF_8) : header.value()));
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String value) {
        return new ConsumerRecord<>(topic, 0, 0, null, value.getBytes(UTF_8));
    }

    private String checkpoint() {
        return store.list(Artifacts.checkpoints(R1)).stream()
                .map(object -> object.key().path())
                .filter(key -> read(last("runs/r1/journal")).contains(key.substring(key.lastIndexOf('/') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** The entry that announces version 2. */
    private String announced() {
        return Stream.iterate(last("evaluations/r2/journal"), DamagedHistoryIT::previous)
                .filter(entry -> read(entry).contains("model-published"))
                .findFirst()
                .orElseThrow();
    }

    private String last(String journal) {
        return store.list(new Folder(journal + "/")).getLast().key().path();
    }

    private static String next(String entry) {
        return numbered(entry, 1);
    }

    private static String previous(String entry) {
        return numbered(entry, -1);
    }

    private static String numbered(String entry, int more) {
        int name = entry.lastIndexOf('/') + 1;
        return entry.substring(0, name)
                + "%08d.json".formatted(Integer.parseInt(entry.substring(name, name + 8)) + more);
    }

    private static String event(String entry) {
        int name = entry.lastIndexOf('/') + 1;
        return entry.substring(0, name) + Integer.parseInt(entry.substring(name, name + 8));
    }

    private static ObjectNode fold(ObjectNode entry) {
        return (ObjectNode) entry.get("fold");
    }

    private static ObjectNode decision(ObjectNode entry) {
        return (ObjectNode) fold(entry).get("decision");
    }

    private static ObjectNode body(ObjectNode entry) {
        return (ObjectNode) entry.get("event").get("body");
    }

    private void change(String key, Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) JournalJson.parse(read(key));
        change.accept(document);
        put(key, document.toString());
    }

    private String read(String key) {
        return new String(store.read(new ObjectKey(key), 1 << 20).orElseThrow().content(), UTF_8);
    }

    private void put(String key, String content) {
        store.put(new ObjectKey(key), content.getBytes(UTF_8));
    }

    private void delete(String key) {
        store.delete(new ObjectKey(key));
    }

    private static ObjectStore bucket(String name) {
        return new MinioObjectStore(
                new StoreSettings(storeProcess.endpoint(), name, ACCESS_KEY, SECRET_KEY, Duration.ofSeconds(10)));
    }
}
