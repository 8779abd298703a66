package io.catwalk.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutOutcome;
import io.catwalk.rollout.v1.RolloutStarted;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.sweep.v1.SweepCompleted;
import io.catwalk.sweep.v1.SweepOutcome;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingRequested;
import io.catwalk.training.v1.TrainingStarted;

/**
 * What an installation leaves that has ingested a dataset, trained two runs, published two versions, moved a label back, ended a
 * rollout and a sweep, and has one run open: by the services' own journals, runner, index and encoder.
 */
final class TestHistory {
    static final Name MODEL = new Name("m1");
    private static final Name STABLE = new Name("stable");
    private static final Name CANARY = new Name("canary");
    private static final Retry RETRY = new Retry(Duration.ofMillis(10), Duration.ofMillis(100));
    private static final Instant TIME = Instant.parse("2026-11-29T08:00:00Z");

    private final ObjectStore store;
    private final TestTopics topics;
    private final Blobs blobs;

    TestHistory(ObjectStore store, TestTopics topics) {
        this.store = store;
        this.topics = topics;
        this.blobs = new Blobs(store);
    }

    void create() throws Exception {
        ingest();
        for (int version = 1; version <= 2; version++) {
            train("r" + version);
            evaluate("r" + version, version);
        }
        promote("p1", 1, 2);
        rollOut("o1");
        sweep("s1");
        jobs(JobKind.RUN).accept("open", JournalJson.tree(Map.of("runId", "open")));
        for (JobKind kind : JobKind.values()) {
            jobs(kind).indexAll();
        }
        sendRequests();
        sendWindows();
    }

    /** Trains more runs, one after the other. */
    void train(int runs) throws InterruptedException {
        for (int run = 1; run <= runs; run++) {
            train("more-" + run);
        }
    }

    static Digest content(String name) {
        return Digest.of(name.getBytes(UTF_8));
    }

    private TestJobs jobs(JobKind kind) {
        return new TestJobs(store, kind, topics);
    }

    private String blob(String name) {
        return blobs.put(name.getBytes(UTF_8)).toString();
    }

    /** The dataset's manifest, which names a file. */
    private String dataset() {
        return blob("{\"files\":{\"trainImages\":{\"digest\":\"" + blob("images") + "\",\"bytes\":6}}}");
    }

    private void ingest() throws InterruptedException {
        jobs(JobKind.INGESTION).run("i1", JournalJson.tree(Map.of("dataset", "d1")), Optional.empty(), lease -> {
            ObjectNode decision =
                    object().put("ingestionId", "i1").put("digest", dataset()).put("reason", "");
            decision.put("sampleSheet", blob("sheet"));
            DecisionEntry entry = new DecisionJournal(store, Artifacts.datasetJournal(new Name("d1")), "test", RETRY)
                    .put(
                            "ingestions/i1",
                            (soFar, number) -> new Decider.Decision(
                                    decision,
                                    Optional.of(event(
                                            EventType.DATASET_READY,
                                            DatasetReady.newBuilder()
                                                    .setDataset("d1")
                                                    .setIngestionId("i1")
                                                    .setDigest(dataset())
                                                    .setEntry(number)
                                                    .build()))));
            lease.publish(entry.eventId(), entry.event().orElseThrow());
            ObjectNode state = object().put("entry", entry.number());
            return TestJobs.succeeded(state.set("decision", decision), Optional.empty());
        });
    }

    private void train(String id) throws InterruptedException {
        Event started = event(
                EventType.TRAINING_STARTED,
                TrainingStarted.newBuilder()
                        .setRunId(id)
                        .setModel(MODEL.value())
                        .setDataset("d1")
                        .setDatasetDigest(dataset())
                        .setNetwork("tutorial-cnn")
                        .setAttempt(1)
                        .build());
        jobs(JobKind.RUN).run(id, JournalJson.tree(Map.of("runId", id)), Optional.of(started), lease -> {
            ObjectNode state = object().put("datasetDigest", dataset());
            for (int epoch = 1; epoch <= 3; epoch++) {
                byte[] checkpoint = ("checkpoint " + id + epoch).getBytes(UTF_8);
                Digest digest = Digest.of(checkpoint);
                store.put(Artifacts.checkpoints(new Name(id)).key(digest.hex()), checkpoint);
                state.putArray("checkpoints")
                        .addObject()
                        .put("digest", digest.toString())
                        .put("step", epoch)
                        .put("bytes", checkpoint.length);
                lease.record(
                        state,
                        Optional.of(event(
                                EventType.EPOCH_COMPLETED,
                                EpochCompleted.newBuilder()
                                        .setRunId(id)
                                        .setModel(MODEL.value())
                                        .setEpoch(epoch)
                                        .build())));
            }
            state.putObject("model")
                    .put("modelDigest", blob("model " + id))
                    .put("weightsDigest", content("w").toString());
            return TestJobs.succeeded(state, Optional.of(event(EventType.TRAINING_COMPLETED, trained(id))));
        });
    }

    private TrainingCompleted trained(String id) {
        return TrainingCompleted.newBuilder()
                .setRunId(id)
                .setModel(MODEL.value())
                .setDataset("d1")
                .setDatasetDigest(dataset())
                .setNetwork("tutorial-cnn")
                .setModelDigest(blob("model " + id))
                .setWeightsDigest(content("w").toString())
                .setRequestDigest(content("request").toString())
                .build();
    }

    private void evaluate(String id, int version) throws InterruptedException {
        jobs(JobKind.EVALUATION).run(id, EventJson.tree(trained(id)), Optional.empty(), lease -> {
            String report = blob("{\"testPredictions\":\"" + blob("predictions " + id) + "\"}");
            ObjectNode state = object();
            state.putObject("findings").put("reportDigest", report);
            lease.record(
                    state,
                    Optional.of(event(
                            EventType.EVALUATION_COMPLETED,
                            EvaluationCompleted.newBuilder()
                                    .setRunId(id)
                                    .setModel(MODEL.value())
                                    .setDataset("d1")
                                    .setDatasetDigest(dataset())
                                    .setModelDigest(blob("model " + id))
                                    .setReportDigest(report)
                                    .setReportPageDigest(blob("page " + id))
                                    .build())));
            byte[] manifest = publish(lease, state, id, version, report);
            DecisionEntry entry = decide(STABLE, "evaluations/" + id, version, version - 1, Optional.empty());
            state.putObject("decided").put("entry", entry.number());
            lease.record(
                    state,
                    Optional.of(event(
                            EventType.MODEL_PUBLISHED,
                            ModelPublished.newBuilder()
                                    .setModel(MODEL.value())
                                    .setVersion(version)
                                    .setRunId(id)
                                    .setManifestDigest(Digest.of(manifest).toString())
                                    .setModelDigest(blob("model " + id))
                                    .setDataset("d1")
                                    .setDatasetDigest(dataset())
                                    .setEntry(entry.number())
                                    .build())));
            return TestJobs.succeeded(state, entry.event().map(event -> event.decidedBy(entry.eventId())));
        });
    }

    private byte[] publish(Lease lease, ObjectNode state, String id, int version, String report)
            throws InterruptedException, LeaseEndedException {
        ObjectNode manifest =
                object().put("model", MODEL.value()).put("version", version).put("runId", id);
        manifest.putObject("digests")
                .put("data", dataset())
                .put("model", blob("model " + id))
                .put("report", report)
                .put("request", content("request").toString());
        byte[] bytes = JournalJson.bytes(manifest);
        state.putObject("publishing")
                .put("manifestDigest", Digest.of(bytes).toString())
                .set("manifest", manifest);
        lease.record(state, Optional.empty());
        store.createIfAbsent(Artifacts.modelVersion(MODEL, version), bytes);
        return bytes;
    }

    private DecisionEntry decide(Name label, String cause, int version, int before, Optional<Double> weight)
            throws InterruptedException {
        ObjectNode decision = object().put("outcome", "promoted").put("reason", "better");
        decision.set("label", target(version));
        decision.set("candidate", target(version));
        if (before > 0) {
            decision.set("before", target(before));
        }
        weight.ifPresent(share -> decision.put("weight", share));
        return new DecisionJournal(store, Artifacts.labelJournal(MODEL, label), "test", RETRY)
                .put(cause, (soFar, number) -> {
                    ModelPromoted.Builder promoted = ModelPromoted.newBuilder()
                            .setModel(MODEL.value())
                            .setLabel(label.value())
                            .setVersion(version)
                            .setPreviousVersion(before)
                            .setModelDigest(blob("model r" + version))
                            .setCause(cause)
                            .setEntry(number);
                    weight.ifPresent(promoted::setWeight);
                    return new Decider.Decision(
                            decision, Optional.of(event(EventType.MODEL_PROMOTED, promoted.build())));
                });
    }

    private ObjectNode target(int version) {
        return object().put("version", version).put("modelDigest", blob("model r" + version));
    }

    private void promote(String id, int version, int before) throws Exception {
        claim(id, STABLE, version);
        DecisionEntry entry = decide(STABLE, "promotions/" + id, version, before, Optional.empty());
        topics.publish(entry.eventId(), entry.event().orElseThrow())
                .toCompletableFuture()
                .get();
    }

    private void claim(String id, Name label, int version) {
        store.createIfAbsent(
                Artifacts.promotion(new Name(id)),
                JournalJson.bytes(Map.of("model", MODEL.value(), "label", label.value(), "version", version)));
    }

    private void rollOut(String id) throws InterruptedException {
        claim(id, CANARY, 2);
        jobs(JobKind.ROLLOUT).run(id, JournalJson.tree(Map.of("promotionId", id)), Optional.empty(), lease -> {
            lease.record(
                    object(),
                    Optional.of(event(
                            EventType.ROLLOUT_STARTED,
                            RolloutStarted.newBuilder()
                                    .setRolloutId(id)
                                    .setModel(MODEL.value())
                                    .setLabel("canary")
                                    .setVersion(2)
                                    .setModelDigest(blob("model r2"))
                                    .setEntry(lease.job().newest().number() + 1)
                                    .build())));
            DecisionEntry weighed = decide(CANARY, "rollouts/" + id + "/0", 2, 0, Optional.of(0.1));
            lease.publish(weighed.eventId(), weighed.event().orElseThrow());
            DecisionEntry end = decide(CANARY, "rollouts/" + id + "/end", 2, 2, Optional.of(0.0));
            lease.publish(end.eventId(), end.event().orElseThrow());
            return TestJobs.succeeded(
                    object(),
                    Optional.of(event(
                            EventType.ROLLOUT_COMPLETED,
                            RolloutCompleted.newBuilder()
                                    .setRolloutId(id)
                                    .setModel(MODEL.value())
                                    .setLabel("canary")
                                    .setVersion(2)
                                    .setOutcome(RolloutOutcome.ROLLOUT_OUTCOME_ROLLED_BACK)
                                    .setEntry(lease.job().newest().number() + 1)
                                    .build())));
        });
    }

    private void sweep(String id) throws InterruptedException {
        jobs(JobKind.SWEEP).run(id, JournalJson.tree(Map.of("sweepId", id)), Optional.empty(), lease -> {
            ObjectNode state = object().put("datasetDigest", dataset());
            ObjectNode run = state.putArray("runs").addObject().put("trial", 1).put("runId", "r1");
            run.putObject("end").put("reason", "");
            return TestJobs.succeeded(
                    state,
                    Optional.of(event(
                            EventType.SWEEP_COMPLETED,
                            SweepCompleted.newBuilder()
                                    .setSweepId(id)
                                    .setModel(MODEL.value())
                                    .setOutcome(SweepOutcome.SWEEP_OUTCOME_SUCCEEDED)
                                    .setDatasetDigest(dataset())
                                    .build())));
        });
    }

    private void sendRequests() throws Exception {
        for (String run : List.of("r1", "r2", "open")) {
            request(
                    EventType.TRAINING_REQUESTED,
                    TrainingRequested.newBuilder()
                            .setRunId(run)
                            .setDataset("d1")
                            .setModel(MODEL.value())
                            .setNetwork("tutorial-cnn")
                            .build());
        }
        for (String promotion : List.of("p1", "o1")) {
            request(
                    EventType.PROMOTION_REQUESTED,
                    PromotionRequested.newBuilder()
                            .setPromotionId(promotion)
                            .setModel(MODEL.value())
                            .setVersion(1)
                            .build());
        }
        // Too late, so its journal doesn't have it.
        request(
                EventType.TRAINING_CANCEL_REQUESTED,
                TrainingCancelRequested.newBuilder().setRunId("r1").build());
        topics.acknowledge("training", EventType.TRAINING_REQUESTED, 3);
        topics.acknowledge("training", EventType.TRAINING_CANCEL_REQUESTED, 1);
        topics.acknowledge("evaluation", EventType.PROMOTION_REQUESTED, 2);
        topics.acknowledge("evaluation", EventType.TRAINING_COMPLETED, 2);
    }

    private <M extends Message> void request(EventType<M> type, M request) {
        topics.send(new io.catwalk.events.Event<>("request", "/test", type, TIME, request))
                .toCompletableFuture()
                .join();
    }

    private void sendWindows() {
        for (int times = 0; times < 2; times++) {
            topics.send(window(0)).toCompletableFuture().join();
        }
    }

    /** @param sequence differs in windows of one id only where something is wrong */
    static io.catwalk.events.Event<ServingWindow> window(long sequence) {
        return new io.catwalk.events.Event<>(
                "serving-0/a/m1/0",
                "/catwalk/serving",
                EventType.SERVING_WINDOW,
                TIME,
                ServingWindow.newBuilder()
                        .setReplica("serving-0/a")
                        .setModel(MODEL.value())
                        .setSequence(sequence)
                        .build());
    }

    static <M extends Message> Event event(EventType<M> type, M payload) {
        return new Event(type.topic(), TIME, EventJson.tree(payload));
    }

    static ObjectNode object() {
        return (ObjectNode) JournalJson.parse("{}");
    }

    static JsonNode json(byte[] content) {
        return JournalJson.parse(new String(content, UTF_8));
    }
}
