package io.catwalk.evaluation.rollout.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Progress;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Wanted;
import io.catwalk.evaluation.rollout.replay.Replayed.Outcome;
import io.catwalk.journal.Retry;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CandidateReplayTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Name MODEL = new Name("fashion");
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final Progress UNWATCHED = () -> {};
    private static final ReplaySettings SETTINGS =
            new ReplaySettings(1_000, 40, Duration.ofHours(1), Duration.ofMinutes(1));

    private final WrittenLog log = new WrittenLog();
    private final BrightnessModels models = new BrightnessModels();
    private final CandidateReplay replay = new CandidateReplay(log, models, 16, () -> NOW);

    @AfterEach
    void closesItsModels() {
        assertThat(models.open()).isZero();
    }

    @Test
    void anEqualCandidatePasses() throws Exception {
        log.write(LoggedEvents.requests(100));

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(replayed.reason()).isEqualTo("no harm by 100 logged requests");
        assertThat(replayed.requests()).isEqualTo(100);
        assertThat(replayed.disagreements()).isEqualTo(new Rate(0, 100));
        assertThat(replayed.finding().orElseThrow().margin()).isEqualTo(0.1);
        assertThat(replayed.passedOver()).isEqualTo(Map.of(PassedOver.DAMAGED, 3L));
        assertThat(replayed.offsets()).isEqualTo(Map.of(0, new LoggedRequests.Offsets(0, 100)));
        assertThat(log.looks())
                .containsExactly(new Wanted(
                        MODEL, LoggedEvents.digest(1), 1_000, NOW.minus(Duration.ofHours(1)), Duration.ofSeconds(30)));
        assertThat(models.opened()).containsExactly("SAVED_MODEL " + LoggedEvents.digest(2));
    }

    /** As serving does. */
    @Test
    void theOnnxExportAnswersWhereThereIsOne() throws Exception {
        log.write(LoggedEvents.requests(100));
        Digest onnx = Digest.of(new byte[] {77});

        run(task(SETTINGS, Optional.of(0.1), PublishedVersions.manifest(MODEL, 2, Optional.of(onnx))), UNWATCHED);

        assertThat(models.opened()).containsExactly("ONNX " + onnx);
    }

    @Test
    void aCandidateThatDisagreesTooOftenIsRolledBack() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.answer((number, right) -> !right);

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(replayed.reason())
                .startsWith("by 100 logged requests: disagreement is 100.00 % of 100 images, surely above ")
                .endsWith(" %; the limit is 10.00 %");
        assertThat(replayed.disagreements()).isEqualTo(new Rate(100, 100));
        assertThat(replayed.finding().orElseThrow().harmful()).isTrue();
    }

    @Test
    void withoutALimitOnlyFailuresCount() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.answer((number, right) -> !right);

        Replayed replayed = run(task(SETTINGS, Optional.empty(), PublishedVersions.manifest(MODEL, 2)), UNWATCHED);

        assertThat(replayed.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(replayed.disagreements()).isEqualTo(new Rate(100, 100));
        assertThat(replayed.finding()).isEmpty();
    }

    @Test
    void anInferenceThatFailsTwiceRollsBack() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.answer((number, right) -> {
            if (number >= 10) {
                throw new IllegalStateException("no memory");
            }
            return right;
        });

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(replayed.reason()).isEqualTo("it fails on the logged request 0/89; the log of evaluation says why");
        assertThat(replayed.requests()).isEqualTo(10);
    }

    @Test
    void anInferenceThatFailsOnceIsMadeAgain() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.answer((number, right) -> {
            if (number == 10) {
                throw new IllegalStateException("no memory");
            }
            return right;
        });

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(replayed.disagreements()).isEqualTo(new Rate(0, 100));
    }

    @Test
    void answersThatAreNoProbabilitiesRollBack() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.certainty(Float.NaN);

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(replayed.reason())
                .isEqualTo("it fails on the logged request 0/99: probability of image 0, class 0: NaN, must be 0 to 1");
    }

    @Test
    void aModelThatCannotBeLoadedRollsBack() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.signature(() -> {
            throw new UnloadableModelException("the ONNX model is damaged");
        });

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(replayed.reason()).isEqualTo("the ONNX model is damaged");
    }

    @Test
    void aStoreThatIsAwayForAWhileIsWaitedFor() throws Exception {
        log.write(LoggedEvents.requests(100));
        AtomicInteger failures = new AtomicInteger(3);
        ModelSignature signature = new ModelSignature(new ImageShape(2, 2, 1), 2);
        models.signature(() -> {
            if (failures.getAndDecrement() > 0) {
                throw new StoreUnavailableException("the store is away");
            }
            return signature;
        });

        assertThat(replay(SETTINGS).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aStoreThatStaysAwayIsNotWaitedForForever() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.signature(() -> {
            throw new StoreUnavailableException("the store is away");
        });

        Replayed replayed = replay(new ReplaySettings(1_000, 40, Duration.ofHours(1), Duration.ofMillis(50)));

        assertThat(replayed.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(replayed.reason()).isEqualTo("the model couldn't be read within PT0.05S");
    }

    /** Nobody can tell whether such a request would have come to the candidate. */
    @Test
    void requestsForAnotherShapeArePassedOver() throws Exception {
        log.write(LoggedEvents.requests(100));
        models.signature(() -> new ModelSignature(new ImageShape(32, 32, 3), 2));

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(replayed.reason()).isEqualTo("0 requests of stable could be answered, of at least 40");
        assertThat(replayed.passedOver()).isEqualTo(Map.of(PassedOver.DAMAGED, 3L, PassedOver.OTHER_SHAPE, 100L));
    }

    @Test
    void withTooFewRequestsNoModelIsLoaded() throws Exception {
        log.write(LoggedEvents.requests(39));

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(replayed.reason()).isEqualTo("39 requests of stable are logged, of at least 40");
        assertThat(models.opened()).isEmpty();
    }

    @Test
    void aLogThatCannotBeReadHoldsNothingUp() throws Exception {
        log.fail("there is no topic inference-logged");

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(replayed.reason()).isEqualTo("there is no topic inference-logged");
        assertThat(replayed.passedOver()).isEmpty();
    }

    @Test
    void largeRequestsAreAnsweredInBatches() throws Exception {
        log.write(IntStream.range(0, 40)
                .mapToObj(index -> LoggedEvents.request(
                        index, LoggedEvents.many("fashion", 1, LoggedEvents.digest(1), index % 2 == 1, 37)))
                .toList());

        Replayed replayed = replay(SETTINGS);

        assertThat(replayed.disagreements()).isEqualTo(new Rate(0, 40 * 37));
        assertThat(models.batches()).startsWith(16, 16, 5).hasSize(120);
    }

    @Test
    void isJudgedByWhatWasAnsweredInTime() throws Exception {
        log.write(LoggedEvents.requests(1_000));
        models.answer((number, right) -> {
            pause(Duration.ofMillis(number < 60 ? 0 : 400));
            return right;
        });

        Replayed replayed = replay(new ReplaySettings(1_000, 40, Duration.ofHours(1), Duration.ofMillis(300)));

        assertThat(replayed.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(replayed.requests()).isBetween(40L, 61L);
    }

    /** The second waits until the first is done, and lets its lease be renewed meanwhile. */
    @Test
    void oneAtATime() throws Exception {
        log.write(LoggedEvents.requests(100));
        log.silent(true);
        AtomicInteger beats = new AtomicInteger();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Replayed> first = threads.submit(() -> replay(SETTINGS));
            await().until(() -> log.looks().size() == 1);
            Future<Replayed> second = threads.submit(() -> run(
                    task(SETTINGS, Optional.of(0.1), PublishedVersions.manifest(MODEL, 2)), beats::incrementAndGet));
            await().until(() -> beats.get() >= 2);
            assertThat(log.looks()).hasSize(1);

            log.silent(false);

            assertThat(List.of(first.get(), second.get()))
                    .extracting(Replayed::outcome)
                    .containsOnly(Outcome.PASSED);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Replayed replay(ReplaySettings settings) throws Exception {
        return run(task(settings, Optional.of(0.1), PublishedVersions.manifest(MODEL, 2)), UNWATCHED);
    }

    private Replayed run(CandidateReplay.Task task, Progress progress) throws Exception {
        return replay.replay(task, RETRY, progress);
    }

    private static CandidateReplay.Task task(
            ReplaySettings settings, Optional<Double> limit, VersionManifest candidate) {
        return new CandidateReplay.Task(MODEL, LoggedEvents.digest(1), candidate, settings, limit, 0.004);
    }
}
