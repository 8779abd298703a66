package io.catwalk.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopProgress;
import io.catwalk.training.loop.SetFigures;
import io.catwalk.training.v1.TrainingRequested;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RunSeriesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final RunSeries series = new RunSeries(registry, Duration.ofMinutes(10), clock::get);

    @Test
    void showsTheLastEpochUnderTheAgreedNames() {
        series.epochDone(request("r1"), figures(1, Optional.of(new SetFigures(0.3, 0.92))));
        series.epochDone(request("r1"), figures(2, Optional.of(new SetFigures(0.3, 0.93))));

        assertThat(shown())
                .contains("catwalk.training.loss{model=fashion,run=r1,split=train} 0.5")
                .contains("catwalk.training.loss{model=fashion,run=r1,split=validation} 0.4")
                .contains("catwalk.training.accuracy{model=fashion,run=r1,split=test} 0.93")
                .contains("catwalk.training.epoch{run=r1} 2.0")
                .contains("catwalk.training.learning.rate{run=r1} 0.001")
                .contains("catwalk.training.images.per.second{run=r1} 2500.0")
                .contains("catwalk.epoch.seconds{run=r1} 22.0");
    }

    @Test
    void showsTheDeviceThatWasTrainedOnLast() {
        series.workBegun(request("r1"), "GPU:0 NVIDIA H100");
        series.workBegun(request("r2"), "CPU");

        assertThat(shown()).isEqualTo("catwalk.training.device{device=CPU} 1.0");
    }

    @Test
    void showsWhatIsLeftWithinAnEpochToo() {
        series.progressed(request("r1"), progress(1, OptionalDouble.of(90)));
        assertThat(shown()).isEqualToIgnoringNewLines("""
                catwalk.training.epochs{run=r1} 3.0
                catwalk.training.remaining.seconds{run=r1} 90.0""");

        series.epochDone(request("r1"), figures(1, Optional.empty()));
        series.progressed(request("r1"), progress(2, OptionalDouble.of(60)));
        series.progressed(request("r1"), progress(2, OptionalDouble.of(59)));
        assertThat(shown())
                .contains("catwalk.training.epoch{run=r1} 1.0")
                .contains("catwalk.training.remaining.seconds{run=r1} 59.0");
    }

    @Test
    void nothingIsLeftOfARunWhoseWorkHasEndedHere() {
        series.progressed(request("r1"), progress(1, OptionalDouble.of(90)));
        series.workEnded(request("r1"));
        assertThat(shown()).contains("catwalk.training.remaining.seconds{run=r1} 0.0");

        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        series.expire();
        assertThat(shown()).isEmpty();
    }

    @Test
    void aRunThatCameBackStays() {
        series.progressed(request("r1"), progress(1, OptionalDouble.of(90)));
        series.workEnded(request("r1"));
        series.progressed(request("r1"), progress(1, OptionalDouble.of(80)));

        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        series.expire();
        assertThat(shown()).contains("catwalk.training.remaining.seconds{run=r1} 80.0");
    }

    @Test
    void removesAFinishedRunAfterTheGrace() {
        series.epochDone(request("r1"), figures(1, Optional.empty()));
        series.epochDone(request("r2"), figures(1, Optional.empty()));
        series.workEnded(request("r1"));

        clock.addAndGet(Duration.ofMinutes(9).toNanos());
        series.expire();
        assertThat(shown()).contains("run=r1").contains("run=r2");

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        series.expire();
        assertThat(shown()).doesNotContain("run=r1").contains("run=r2");
    }

    private String shown() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName()
                        + meter.getId().getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(",", "{", "} "))
                        + meter.measure().iterator().next().getValue())
                .collect(Collectors.joining("\n"));
    }

    private static TrainingRequest request(String id) {
        return TrainingRequest.from(
                TrainingRequested.newBuilder()
                        .setDataset("fashion-mnist")
                        .setModel("fashion")
                        .build(),
                id);
    }

    private static LoopProgress progress(int epoch, OptionalDouble remainingSeconds) {
        return new LoopProgress(epoch * 429L, 1287, epoch, 3, 0.5, 0.8, 2500, remainingSeconds);
    }

    private static EpochFigures figures(int epoch, Optional<SetFigures> test) {
        SetFigures train = new SetFigures(0.5, 0.8);
        return new EpochFigures(epoch, epoch * 429L, train, train, new SetFigures(0.4, 0.9), test, 0.001, 22, 2500);
    }
}
