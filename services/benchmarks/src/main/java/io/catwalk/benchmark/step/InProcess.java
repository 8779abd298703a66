package io.catwalk.benchmark.step;

import io.catwalk.benchmark.round.Contestant;

/** Training steps within this process, in images a second. */
final class InProcess implements Contestant {
    private static final double NANOS = 1e9;

    private final String name;
    private final Training training;
    private final Batches batches;
    private long steps;

    InProcess(String name, Training training, Batches batches) {
        this.name = name;
        this.training = training;
        this.batches = batches;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double round() {
        long started = System.nanoTime();
        float loss = 0;
        for (int batch = 0; batch < batches.count(); batch++) {
            loss = training.step(batches.images().get(batch), batches.labels().get(batch), steps++);
        }
        double seconds = (System.nanoTime() - started) / NANOS;
        if (!Float.isFinite(loss)) {
            throw new IllegalStateException(name + " diverged: loss " + loss);
        }
        return batches.imageCount() / seconds;
    }

    @Override
    public void close() {
        training.close();
    }
}
