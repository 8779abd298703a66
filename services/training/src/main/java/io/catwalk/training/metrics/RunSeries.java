package io.catwalk.training.metrics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopProgress;
import io.catwalk.training.loop.SetFigures;
import io.catwalk.training.run.RunObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

/**
 * How far each run is that this process works on, or worked on a while ago: its last completed epoch, and what is left.
 *
 * <pre>
 * catwalk_training_loss{run,model,split}        mean cross entropy in nats; split is train, validation or test
 * catwalk_training_accuracy{run,model,split}    0 to 1
 * catwalk_training_epoch{run}
 * catwalk_training_epochs{run}                  planned
 * catwalk_training_remaining_seconds{run}       of this process's work, by wall time; refreshed within an epoch, 0 at its end
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
    private final MultiGauge epochs;
    private final MultiGauge remaining;
    private final Map<MultiGauge, ToDoubleFunction<EpochFigures>> ofEpoch;
    private final Duration grace;
    private final LongSupplier nanoTime;
    private final Map<String, Shown> runs = new LinkedHashMap<>();
    private final Map<String, Double> secondsLeft = new ConcurrentHashMap<>();

    /** @param grace how long a run's series stay after the work on it has ended */
    public RunSeries(MeterRegistry registry, Duration grace, LongSupplier nanoTime) {
        this.loss = gauge(registry, "catwalk.training.loss");
        this.accuracy = gauge(registry, "catwalk.training.accuracy");
        this.device = gauge(registry, "catwalk.training.device");
        this.epochs = gauge(registry, "catwalk.training.epochs");
        this.remaining = gauge(registry, "catwalk.training.remaining.seconds");
        this.ofEpoch = Map.of(
                gauge(registry, "catwalk.training.epoch"), EpochFigures::epoch,
                gauge(registry, "catwalk.training.learning.rate"), EpochFigures::learningRate,
                gauge(registry, "catwalk.training.images.per.second"), EpochFigures::imagesPerSecond,
                gauge(registry, "catwalk.epoch.seconds"), EpochFigures::seconds);
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    /** @param epochs planned, once the work has shown them */
    private record Shown(
            String run,
            String model,
            Optional<Integer> epochs,
            Optional<EpochFigures> figures,
            Optional<Long> endedAt) {
        Shown working(Optional<Integer> planned, Optional<EpochFigures> latest) {
            return new Shown(run, model, planned, latest, Optional.empty());
        }

        Shown ended(long now) {
            return new Shown(run, model, epochs, figures, Optional.of(now));
        }
    }

    private record Split(String name, SetFigures figures) {}

    @Override
    public void workBegun(TrainingRequest request, String trainedOn) {
        device.register(List.of(MultiGauge.Row.of(Tags.of("device", trainedOn), 1)), true);
    }

    @Override
    public synchronized void progressed(TrainingRequest request, LoopProgress progress) {
        progress.remainingSeconds().ifPresent(seconds -> secondsLeft.put(request.runId(), seconds));
        Shown before = shown(request);
        show(before.working(Optional.of(progress.epochs()), before.figures()));
    }

    @Override
    public synchronized void epochDone(TrainingRequest request, EpochFigures figures) {
        Shown before = shown(request);
        show(before.working(before.epochs(), Optional.of(figures)));
    }

    @Override
    public synchronized void workEnded(TrainingRequest request) {
        long now = nanoTime.getAsLong();
        secondsLeft.computeIfPresent(request.runId(), (run, seconds) -> 0.0);
        runs.computeIfPresent(request.runId(), (run, shown) -> shown.ended(now));
    }

    /** Removes the series of runs whose grace is over. */
    public synchronized void expire() {
        long now = nanoTime.getAsLong();
        boolean removed = runs.values()
                .removeIf(shown -> shown.endedAt()
                        .filter(ended -> now - ended >= grace.toNanos())
                        .isPresent());
        if (removed) {
            secondsLeft.keySet().retainAll(runs.keySet());
            show();
        }
    }

    private Shown shown(TrainingRequest request) {
        return runs.getOrDefault(
                request.runId(),
                new Shown(request.runId(), request.model(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Makes all series anew where the run has another epoch to show; the seconds left are read as they are scraped. */
    private void show(Shown run) {
        if (!run.equals(runs.put(run.run(), run))) {
            show();
        }
    }

    private void show() {
        loss.register(splitRows(SetFigures::loss), true);
        accuracy.register(splitRows(SetFigures::accuracy), true);
        epochs.register(rows(shown -> shown.epochs().map(planned -> MultiGauge.Row.of(tags(shown), planned))), true);
        remaining.register(rows(shown -> shown.epochs().map(planned -> remaining(shown))), true);
        ofEpoch.forEach((gauge, value) -> gauge.register(
                rows(shown ->
                        shown.figures().map(figures -> MultiGauge.Row.of(tags(shown), value.applyAsDouble(figures)))),
                true));
    }

    private MultiGauge.Row<?> remaining(Shown shown) {
        return MultiGauge.Row.of(tags(shown), () -> secondsLeft.getOrDefault(shown.run(), Double.NaN));
    }

    private static Tags tags(Shown shown) {
        return Tags.of("run", shown.run());
    }

    private List<MultiGauge.Row<?>> rows(Function<Shown, Optional<MultiGauge.Row<?>>> row) {
        return runs.values().stream()
                .flatMap(shown -> row.apply(shown).stream())
                .toList();
    }

    private List<MultiGauge.Row<?>> splitRows(ToDoubleFunction<SetFigures> value) {
        return runs.values().stream()
                .flatMap(shown -> shown.figures().stream()
                        .flatMap(RunSeries::splits)
                        .<MultiGauge.Row<?>>map(split -> MultiGauge.Row.of(
                                tags(shown).and("model", shown.model(), "split", split.name()),
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
