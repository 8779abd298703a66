package io.catwalk.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.network.layer.ImageShape;

/** Takes 2x2 grey images and answers two classes; the first one's probability is the engine's own mark. */
public final class FakeEngine implements Engine {
    public static final ImageShape SHAPE = new ImageShape(2, 2, 1);

    private final float mark;
    private final int classes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger running = new AtomicInteger();
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

    /** @param mark from 0 to 1, or NaN for a broken model */
    public FakeEngine(float mark) {
        this(mark, 2);
    }

    /** @param classes that its signature states */
    public FakeEngine(float mark, int classes) {
        this.mark = mark;
        this.classes = classes;
    }

    @Override
    public EngineKind kind() {
        return EngineKind.TENSORFLOW;
    }

    @Override
    public Signature signature() {
        return new Signature("images", SHAPE, "probabilities", classes);
    }

    @Override
    public float[] run(float[] images, int count) {
        running.incrementAndGet();
        try {
            assertThat(closed).as("run after close").isFalse();
            assertThat(images).hasSize(count * (int) SHAPE.size());
            batches.add(count);
            float[] answer = new float[2 * count];
            for (int image = 0; image < count; image++) {
                answer[2 * image] = mark;
                answer[2 * image + 1] = 1 - mark;
            }
            assertThat(closed).as("closed while running").isFalse();
            return answer;
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void close() {
        assertThat(running).as("closed while running").hasValue(0);
        assertThat(closed.getAndSet(true)).as("closed twice").isFalse();
    }

    public boolean closed() {
        return closed.get();
    }

    /** The images of each batch so far. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }
}
