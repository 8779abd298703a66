package io.catwalk.training.metrics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.SetFigures;
import io.catwalk.training.run.RunObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

/**
 * The last completed epoch of each run that this process works on, and of those that it worked on a while ago:
 *
 * <pre>
 * catwalk_training_loss{run,model,split}        mean cross entropy in nats; split is train, validation or test
 * catwalk_training_accuracy{run,model,split}    0 to 1
 * catwalk_training_epoch{run}
 * catwalk_training_learning_rate{run}
 * catwalk_training_images_per_second{run}
 * catwalk_training_device{device}               1 for what this process trained on last
 * catwalk_epoch_seconds{run}                    wall time of the training steps alone
 * </pre>
 */
public final class RunSeries implements RunObserver {
    private final MultiGauge loss;
    private final MultiGauge accuracy;
    private final MultiGauge device;
    private final Map<MultiGauge, ToDoubleFunction<EpochFigures>> ofEpoch;
    private final Duration grace;
    private final LongSupplier nanoTime;
    private final Map<String, Shown> runs = new LinkedHashMap<>();

    /** @param grace how long a run's series stay after the work on it has ended */
    public RunSeries(MeterRegistry registry, Duration grace, LongSupplier nanoTime) {
        this.loss = gauge(registry, "catwalk.training.loss");
        this.accuracy = gauge(registry, "catwalk.training.accuracy");
        this.device = gauge(registry, "catwalk.training.device");
        this.ofEpoch = Map.of(
                gauge(registry, "catwalk.training.epoch"), EpochFigures::epoch,
                gauge(registry, "catwalk.training.learning.rate"), EpochFigures::learningRate,
                gauge(registry, "catwalk.training.images.per.second"), EpochFigures::imagesPerSecond,
                gauge(registry, "catwalk.epoch.seconds"), EpochFigures::seconds);
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    private record Shown(String run, String model, EpochFigures figures, Optional<Long> endedAt) {}

    private record Split(String name, SetFigures figures) {}

    @Override
    public void workBegun(TrainingRequest request, String trainedOn) {
        device.register(List.of(MultiGauge.Row.of(Tags.of("device", trainedOn), 1)), true);
    }

    @Override
    public synchronized void epochDone(TrainingRequest request, EpochFigures figures) {
        runs.put(request.runId(), new Shown(request.runId(), request.model(), figures, Optional.empty()));
        show();
    }

    @Override
    public synchronized void workEnded(TrainingRequest request) {
        long now = nanoTime.getAsLong();
        runs.computeIfPresent(
                request.runId(), (run, shown) -> new Shown(run, shown.model(), shown.figures(), Optional.of(now)));
    }

    /** Removes the series of runs whose grace is over. */
    public synchronized void expire() {
        long now = nanoTime.getAsLong();
        boolean removed = runs.values()
                .removeIf(shown -> shown.endedAt()
                        .filter(ended -> now - ended >= grace.toNanos())
                        .isPresent());
        if (removed) {
            show();
        }
    }

    private void show() {
        loss.register(splitRows(SetFigures::loss), true);
        accuracy.register(splitRows(SetFigures::accuracy), true);
        ofEpoch.forEach((gauge, value) -> gauge.register(
                runs.values().stream()
                        .<MultiGauge.Row<?>>map(shown ->
                                MultiGauge.Row.of(Tags.of("run", shown.run()), value.applyAsDouble(shown.figures())))
                        .toList(),
                true));
    }

    private List<MultiGauge.Row<?>> splitRows(ToDoubleFunction<SetFigures> value) {
        return runs.values().stream()
                .flatMap(shown -> splits(shown.figures())
                        .<MultiGauge.Row<?>>map(split -> MultiGauge.Row.of(
                                Tags.of("run", shown.run(), "model", shown.model(), "split", split.name()),
                                value.applyAsDouble(split.figures()))))
                .toList();
    }

    private static Stream<Split> splits(EpochFigures figures) {
        return Stream.concat(
                Stream.of(new Split("train", figures.train()), new Split("validation", figures.validation())),
                figures.test().map(test -> new Split("test", test)).stream());
    }

    private static MultiGauge gauge(MeterRegistry registry, String name) {
        return MultiGauge.builder(name).register(registry);
    }
}
