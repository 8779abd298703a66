package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFold;
import io.catwalk.journal.job.JobResult;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.run.RunState;
import io.catwalk.training.tensorboard.EventFiles;
import io.catwalk.training.tensorboard.ReadEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.HistogramProto;

/**
 * Trainers that die at every seam and at random moments. Whichever trainer goes on, the run ends with the weights of one that was
 * never interrupted, and publishes each of its entries under one id.
 *
 * <p>The victim consumes in a group of its own and the survivor is stopped meanwhile, so that it is the victim that claims
 * the run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final int EPOCHS = 3;
    private static final int LONG = 20;
    private static final Pattern STEP = Pattern.compile("\"step\":\\s*(\\d+)");
    private static final String TUTORIAL = "\"network\": \"tutorial-cnn\"";
    /** All that draws random numbers: dropout, the order of the images, and augmentation. */
    private static final String BY_CHANCE = """
            "network": "tutorial-cnn-dropout", "shuffle": true,
            "augmentation": {"randomCrop": {}, "horizontalFlip": {}, "randomErasing": {}}""";
    /** Seams that only a run with several checkpoints comes to. */
    private static final Set<String> LONG_ENOUGH =
            Set.of("checkpoint.delete.before@1", "checkpoint.delete.after@1", "checkpoint.put.after@2");

    private final TrainingStack stack = TrainingStack.start();
    private final AtomicInteger runs = new AtomicInteger();
    private final ReplicaProcess survivor;
    private final Uninterrupted usual;
    private final Uninterrupted longer;
    private Optional<Uninterrupted> byChance = Optional.empty();

    /** Trains without interruption, for the weights that all others must come to. */
    KillIT() {
        try (ReplicaProcess first = Trainers.start("first", "training", Optional.empty(), stack.environment())) {
            first.awaitReady();
            usual = uninterrupted(EPOCHS, TUTORIAL);
            longer = uninterrupted(LONG, TUTORIAL);
            first.stop();
        }
        assertThat(usual.weights()).isNotEqualTo(longer.weights());
        survivor = Trainers.start("survivor", "training", Optional.empty(), stack.environment())
                .awaitReady();
    }

    @AfterAll
    void stop() {
        stack.stop(survivor);
    }

    @Tag("fault-5")
    @Tag("fault-7")
    @Test
    void aTrainerThatDiesAtASeamIsFollowedByAnother() {
        dieAt("publish.epoch-completed.after@2");
    }

    @Tag("fault-5")
    @Tag("fault-7")
    @Tag("soak")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "append.claimed.before@1",
                "append.claimed.after@1",
                "append.progress.before@1",
                "append.progress.after@1",
                "append.progress.before@4",
                "append.progress.after@4",
                "append.result.before@1",
                "append.result.after@1",
                "append.closed.before@1",
                "append.closed.after@1",
                "event-file.put.before@1",
                "event-file.put.after@1",
                "event-file.put.before@3",
                "event-file.put.after@3",
                "checkpoint.put.before@1",
                "checkpoint.put.after@1",
                "checkpoint.put.after@2",
                "checkpoint.delete.before@1",
                "checkpoint.delete.after@1",
                "model.put.before@1",
                "model.put.after@1",
                "publish.training-started.before@1",
                "publish.training-started.after@1",
                "publish.epoch-completed.before@2",
                "publish.training-completed.before@1",
                "publish.training-completed.after@1",
                "marker.delete.before@1"
            })
    void aTrainerThatDiesAtAnyOtherSeamIsFollowedByAnother(String seam) {
        dieAt(seam);
    }

    private void dieAt(String seam) {
        Name run = nextRun();
        survivor.signal("STOP");
        try (ReplicaProcess victim = victim(run, Optional.of(seam))) {
            stack.request(run, LONG_ENOUGH.contains(seam) ? LONG : EPOCHS);
            awaitDeath(victim, seam);
        } finally {
            survivor.signal("CONT");
        }
        assertWhole(stack.awaitClosed(run), LONG_ENOUGH.contains(seam) ? LONG : EPOCHS);
    }

    @Tag("fault-6")
    @Test
    void aRequestWhoseConsumerDiesIsNotLost() {
        dieAccepting("append.accepted.after@1");
    }

    @Tag("fault-6")
    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"append.accepted.before@1", "marker.put.before@1", "marker.put.after@1"})
    void aRequestWhoseConsumerDiesElsewhereIsNotLost(String seam) {
        dieAccepting(seam);
    }

    private void dieAccepting(String seam) {
        Name run = nextRun();
        String group = "group-" + run;
        survivor.signal("STOP");
        try {
            try (ReplicaProcess victim = victim(run, Optional.of(seam))) {
                stack.request(run, EPOCHS);
                awaitDeath(victim, seam);
            }
            try (ReplicaProcess next = Trainers.start("next-" + run, group, Optional.empty(), stack.environment())) {
                assertWhole(stack.awaitClosed(run), EPOCHS);
                assertThat(next.isAlive()).isTrue();
            }
        } finally {
            survivor.signal("CONT");
        }
    }

    @Tag("fault-4")
    @Tag("soak")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aTrainerThatIsKilledAtARandomMomentIsFollowedByALiveOne(int seed) {
        dieAtRandom(seed);
    }

    private void dieAtRandom(int seed) {
        Name run = nextRun();
        survivor.signal("STOP");
        try (ReplicaProcess victim = victim(run, Optional.empty()).awaitReady()) {
            stack.request(run, LONG, BY_CHANCE);
            long step = 1 + new Random(seed).nextInt(LONG * 9 - 60);
            awaitStep(victim, run, step);
            survivor.signal("CONT");
            victim.kill();
        } finally {
            survivor.signal("CONT");
        }
        Job job = stack.awaitClosed(run);
        assertWhole(job, byChance());
        assertThat(job.fold().attempts()).isEqualTo(2);
    }

    @Test
    void aTrainerThatIsTerminatedReleasesItsRun() {
        Name run = nextRun();
        survivor.signal("STOP");
        try (ReplicaProcess leaving = victim(run, Optional.empty()).awaitReady()) {
            stack.request(run, LONG);
            awaitStep(leaving, run, 50);
            leaving.stop();
            assertThat(newestKind(run)).isEqualTo(EntryKind.RELEASED);
            assertThat(RunState.of(stack.jobs().find(run).orElseThrow())
                            .orElseThrow()
                            .step())
                    .isGreaterThanOrEqualTo(50);
        } finally {
            survivor.signal("CONT");
        }
        assertWhole(stack.awaitClosed(run), LONG);
    }

    @Tag("fault-8")
    @Tag("fault-9")
    @Test
    void aTrainerThatWasFrozenFindsItsRunClaimedAndStops() {
        Name run = nextRun();
        survivor.signal("STOP");
        try (ReplicaProcess zombie = victim(run, Optional.empty()).awaitReady()) {
            stack.request(run, LONG);
            awaitStep(zombie, run, 50);
            zombie.signal("STOP");
            survivor.signal("CONT");
            Job job = stack.awaitClosed(run);
            zombie.signal("CONT");

            Name next = nextRun();
            survivor.signal("STOP");
            stack.request(next, EPOCHS);
            assertWhole(stack.awaitClosed(next), EPOCHS);
            assertThat(stack.jobs().find(run)).contains(job);
            assertThat(zombie.manage("/q/health/live").statusCode()).isEqualTo(200);
            assertWhole(job, LONG);
        } finally {
            survivor.signal("CONT");
        }
    }

    /** Both trainers lose sight of each other for five times as long as a lease goes without a heartbeat. */
    @Tag("fault-33")
    @Tag("soak")
    @Test
    void aStoreThatIsAwayForLongerThanTheLeaseCostsNoHolderItsRun() {
        Name run = nextRun();
        survivor.signal("STOP");
        try (ReplicaProcess holder = victim(run, Optional.empty()).awaitReady()) {
            stack.request(run, LONG);
            awaitStep(holder, run, 20);
            survivor.signal("CONT");
            stack.withoutStore(TrainingStack.LEASE.multipliedBy(5));

            Job job = stack.awaitClosed(run);
            assertWhole(job, LONG);
            assertThat(job.fold().attempts()).isEqualTo(1);
        } finally {
            survivor.signal("CONT");
        }
    }

    /** The request's partition may change hands twice meanwhile. */
    @Tag("fault-10")
    @Tag("soak")
    @Test
    void aRebalanceOfTheGroupDisturbsNoRun() {
        Name run = nextRun();
        stack.request(run, 60);
        awaitStep(survivor, run, 20);
        stack.joinAndLeave("training");
        assertThat(stack.jobs().find(run).orElseThrow().closed()).isFalse();

        Job job = stack.awaitClosed(run);
        assertThat(job.fold().attempts()).isEqualTo(1);
        assertThat(job.fold().result()).contains(JobResult.succeeded());
        assertPublished(job, stack.jobs().history(run));
    }

    @Tag("fault-31")
    @Tag("soak")
    @Test
    void aRunThatKillsEachTrainerFailsAfterThree() {
        Name run = nextRun();
        survivor.signal("STOP");
        try {
            String seam = "checkpoint.put.before@1";
            for (int attempt = 1; attempt <= 4; attempt++) {
                try (ReplicaProcess victim = victim(new Name(run + "-" + attempt), Optional.of(seam))) {
                    if (attempt == 1) {
                        stack.request(run, LONG);
                    }
                    awaitDeath(victim, seam);
                }
            }
        } finally {
            survivor.signal("CONT");
        }
        Job job = stack.awaitClosed(run);
        assertThat(job.fold().result().orElseThrow())
                .isEqualTo(
                        new JobResult(JobResult.Outcome.FAILED, "3 takeovers by lost heartbeat brought no progress"));
        assertThat(job.fold().attempts()).isEqualTo(4);
    }

    /** What a run that nobody interrupted came to. */
    private record Uninterrupted(int epochs, String weights, Map<String, HistogramProto> histograms) {}

    private Uninterrupted uninterrupted(int epochs, String fields) {
        Name run = nextRun();
        stack.request(run, epochs, fields);
        return new Uninterrupted(
                epochs, weights(stack.awaitClosed(run)), shown(run).histograms());
    }

    private Uninterrupted byChance() {
        return byChance.or(() -> byChance = Optional.of(uninterrupted(LONG, BY_CHANCE)))
                .orElseThrow();
    }

    /** Consumes what is requested from now on. */
    private ReplicaProcess victim(Name name, Optional<String> failpoint) {
        String group = "group-" + name;
        stack.seekToEnd(group);
        return Trainers.start("victim-" + name, group, failpoint, stack.environment());
    }

    private Name nextRun() {
        return new Name("r" + runs.incrementAndGet());
    }

    private static void awaitDeath(ReplicaProcess victim, String seam) {
        await("death at " + seam)
                .atMost(TrainingStack.TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !victim.isAlive());
        assertThat(victim.failure()).contains("exit code 137");
    }

    private void awaitStep(ReplicaProcess trainer, Name run, long step) {
        await().atMost(TrainingStack.TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> step(trainer.get("/runs/" + run).body()) >= step);
    }

    /** A run's; 0 before its first one. */
    private static long step(String body) {
        Matcher step = STEP.matcher(body);
        return step.find() ? Long.parseLong(step.group(1)) : 0;
    }

    private EntryKind newestKind(Name run) {
        return stack.jobs().find(run).orElseThrow().newest().entry().kind();
    }

    private void assertWhole(Job job, int epochs) {
        assertWhole(job, epochs == LONG ? longer : usual);
    }

    /**
     * One result, each epoch once, the right weights, no more repeated than since the last checkpoint, nothing open, and nothing
     * published that isn't an entry.
     */
    private void assertWhole(Job job, Uninterrupted same) {
        assertThat(weights(job)).isEqualTo(same.weights());
        List<Numbered> history = stack.jobs().history(job.id());
        assertThat(history.stream().filter(entry -> entry.entry().kind() == EntryKind.RESULT))
                .hasSize(1);
        assertThat(history.stream()
                        .flatMap(entry -> entry.entry().event().stream())
                        .filter(event -> event.type().equals("epoch-completed"))
                        .map(event -> event.body().path("epoch").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, same.epochs()).boxed().toList());
        assertResumed(history);
        await().atMost(TrainingStack.TIMEOUT)
                .until(() -> !stack.store()
                        .exists(Artifacts.open(JobKind.RUN).key(job.id().value())));
        assertPublished(job, history);
        assertShown(job.id(), history, same);
    }

    /** Each trainer has begun at the newest checkpoint that the entry before its claim names. */
    private static void assertResumed(List<Numbered> history) {
        List<Numbered> claims = history.stream()
                .filter(entry -> entry.entry().kind() == EntryKind.CLAIMED)
                .filter(entry -> entry.entry().event().isPresent())
                .toList();
        assertThat(claims).isNotEmpty().allSatisfy(claim -> {
            JobFold before = JournalJson.record(
                    history.get((int) claim.number() - 2).entry().fold(), JobFold.class);
            long newest = Optional.of(before.state())
                    .filter(state -> !state.isNull())
                    .flatMap(state -> JournalJson.record(state, RunState.class).newest())
                    .map(StoredCheckpoint::step)
                    .orElse(0L);
            assertThat(claim.entry()
                            .event()
                            .orElseThrow()
                            .body()
                            .path("resumedAtStep")
                            .asLong())
                    .isEqualTo(newest);
        });
    }

    /** One event file for each epoch, with the figures of its entry and the weights of a run that was never interrupted. */
    private void assertShown(Name run, List<Numbered> history, Uninterrupted same) {
        EventFiles files = new EventFiles(stack.store(), run);
        assertThat(files.all()).hasSize(1 + same.epochs());
        ReadEvents read = shown(run);
        assertThat(read.events().stream().mapToLong(shown -> shown.getStep()).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, same.epochs())
                        .mapToObj(epoch -> 9L * epoch)
                        .toList());
        assertThat(read.scalars().get("images_per_second"))
                .containsExactlyElementsOf(history.stream()
                        .flatMap(entry -> entry.entry().event().stream())
                        .filter(event -> event.type().equals("epoch-completed"))
                        .map(event ->
                                (float) event.body().path("imagesPerSecond").asDouble())
                        .toList());
        assertThat(read.histograms()).isEqualTo(same.histograms());
    }

    private ReadEvents shown(Name run) {
        EventFiles files = new EventFiles(stack.store(), run);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            files.copy(files.all(), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ReadEvents.of(content.toByteArray());
    }

    private void assertPublished(Job job, List<Numbered> history) {
        Map<String, String> decided = history.stream()
                .filter(entry -> entry.entry().event().isPresent())
                .collect(Collectors.toMap(
                        Numbered::eventId,
                        entry -> entry.entry().event().orElseThrow().body().toString()));
        Set<String> heard = new HashSet<>();
        for (Event<?> event : stack.published(job.id())) {
            assertThat(json(event.payload())).isEqualTo(decided.get(event.id()));
            heard.add(event.id());
        }
        assertThat(heard).isEqualTo(decided.keySet());
    }

    private static String json(Message payload) {
        return EventJson.tree(payload).toString();
    }

    private static String weights(Job job) {
        assertThat(job.fold().result()).contains(JobResult.succeeded());
        return RunState.of(job).orElseThrow().model().orElseThrow().weightsDigest();
    }
}
