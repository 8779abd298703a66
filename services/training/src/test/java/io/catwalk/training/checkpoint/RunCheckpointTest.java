package io.catwalk.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.catwalk.dataset.Splits;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.DamagingStore;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TinyNetwork;
import io.catwalk.training.loop.TrainingLoop;
import org.junit.jupiter.api.Test;

class RunCheckpointTest {
    private static final Splits SPLITS = Pictures.splits(60, 17, 11, TinyNetwork.SIDE, TinyNetwork.CLASSES);
    private static final LoopSettings SETTINGS = new LoopSettings(2, 14, new DataOrder.Shuffled(3), true);
    private static final int STEPS = 6;
    private static final long SEED = 11;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void aRunResumedAtAnyStepEndsInTheSameBits() throws DivergedException {
        Ended whole = run(RunCheckpointTest::first, STEPS);
        assertThat(whole.figures()).hasSize(2);
        for (int step = 0; step <= STEPS; step++) {
            Ended before = run(RunCheckpointTest::first, step);
            Ended after = run(resumed(before.checkpoint()), STEPS);

            List<EpochFigures> figures = new ArrayList<>(before.figures());
            figures.addAll(after.figures());
            assertThat(figures).as("figures of a run resumed at step %d", step).isEqualTo(whole.figures());
            assertThat(after.weights())
                    .as("weights of a run resumed at step %d", step)
                    .isEqualTo(whole.weights());
        }
    }

    @Test
    void bytesThatEndEarlyAreRefused() throws DivergedException {
        byte[] bytes = run(RunCheckpointTest::first, 1).checkpoint();
        for (int length = 0; length < bytes.length; length += 1 + length / 8) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RunCheckpoint.decode(cut)).isInstanceOf(UnusableCheckpointException.class);
        }
    }

    @Test
    void aCheckpointThatWasDamagedOnItsWayIsReadAgain() throws DivergedException {
        byte[] bytes = run(RunCheckpointTest::first, 1).checkpoint();
        Digest digest = Digest.of(bytes);
        Name run = new Name("r1");
        ObjectStore store = new InMemoryObjectStore(InstantSource.system());
        new CheckpointFolder(store, run).put(digest, bytes);
        StoredCheckpoint stored = new StoredCheckpoint(digest.toString(), 1, bytes.length);
        ObjectKey key = Artifacts.checkpoints(run).key(digest.hex());

        RunCheckpoint read = new CheckpointFolder(DamagingStore.before(store, key, 2), run).read(stored);

        assertThat(read.encode()).isEqualTo(bytes);
        CheckpointFolder damaged = new CheckpointFolder(DamagingStore.before(store, key, 3), run);
        assertThatThrownBy(() -> damaged.read(stored)).hasMessageEndingWith("holds other content");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> RunCheckpoint.decode("{\"a\": 1, \"b\": 22}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("doesn't begin with CATRUN");
        byte[] noHeader = {'C', 'A', 'T', 'R', 'U', 'N', 0, 1, 2, 0, 0, 0, '[', ']', 0};
        assertThatThrownBy(() -> RunCheckpoint.decode(noHeader)).isInstanceOf(UnusableCheckpointException.class);
    }

    private record Ended(List<EpochFigures> figures, byte[] weights, byte[] checkpoint) {}

    private interface Start {
        Position position(TrainingSession session);
    }

    private static Position first(TrainingSession session) {
        return Position.start();
    }

    private static Start resumed(byte[] bytes) {
        return session -> {
            RunCheckpoint checkpoint = RunCheckpoint.decode(bytes);
            assertThat(checkpoint.seed()).isEqualTo(SEED);
            session.restore(checkpoint.state());
            return checkpoint.position();
        };
    }

    private Ended run(Start start, int untilStep) throws DivergedException {
        try (TrainingSession session = TinyNetwork.open(0.01f, SEED)) {
            // The clock goes on by one second a step, so that the time is the same however often a run was resumed.
            TrainingLoop loop = new TrainingLoop(session, SETTINGS, SPLITS, start.position(session), this::tick);
            List<EpochFigures> figures = new ArrayList<>();
            while (loop.step() < untilStep) {
                loop.advance(() -> {}).ifPresent(figures::add);
            }
            return new Ended(
                    figures,
                    session.weights().toBytes(),
                    new RunCheckpoint(SEED, loop.position(), session.capture()).encode());
        }
    }

    private long tick() {
        return clock.addAndGet(1_000_000_000);
    }
}
