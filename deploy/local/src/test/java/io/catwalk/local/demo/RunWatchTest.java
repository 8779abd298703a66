package io.catwalk.local.demo;

import static io.catwalk.local.demo.RunFixture.EVALUATED;
import static io.catwalk.local.demo.RunFixture.FAILED;
import static io.catwalk.local.demo.RunFixture.PROMOTED;
import static io.catwalk.local.demo.RunFixture.PUBLISHED;
import static io.catwalk.local.demo.RunFixture.READY;
import static io.catwalk.local.demo.RunFixture.REJECTED_DATA;
import static io.catwalk.local.demo.RunFixture.STARTED;
import static io.catwalk.local.demo.RunFixture.TRAINED;
import static io.catwalk.local.demo.RunFixture.epoch;
import static io.catwalk.local.demo.RunFixture.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.local.StackView;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.ChildFailedException;
import org.junit.jupiter.api.Test;

class RunWatchTest {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Deque<List<Message>> batches = new ArrayDeque<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private Duration time = Duration.ZERO;
    private long steps;

    @Test
    void phasesAndEpochsAreShownOnce() {
        batches.addAll(List.of(
                List.of(),
                List.of(READY),
                List.of(STARTED),
                List.of(epoch(1)),
                List.of(epoch(1), epoch(2)),
                List.of(TRAINED),
                List.of(EVALUATED),
                List.of(PUBLISHED, PROMOTED)));
        watch(new Display.Plain(out)).untilPromoted(state());
        assertThat(shown.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" {2,}")[0]))
                .containsExactly("data", "training", "epoch 1/5", "epoch 2/5", "evaluation", "publish", "serve");
    }

    @Test
    void aTerminalShowsABarThatMoves() {
        steps = 215;
        batches.addAll(List.of(List.of(READY, STARTED), List.of(TRAINED, EVALUATED, PUBLISHED, PROMOTED)));
        watch(new Display.Terminal(out)).untilPromoted(state());
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("\ntraining [#.........] 1/5")
                .contains("\r\033[2Kserve ")
                .doesNotContain("epoch ");
    }

    @Test
    void aFailedRunEndsTheWatchWithTheLog() {
        batches.add(List.of(READY, STARTED, FAILED));
        assertThatThrownBy(() -> watch(new Display.Plain(out)).untilPromoted(state()))
                .isInstanceOf(TaskFailedException.class)
                .hasMessage("run r failed: NaN\nthe end of training's log:\n  | last line of training");
        batches.add(List.of(REJECTED_DATA));
        assertThatThrownBy(() -> watch(new Display.Plain(out)).untilPromoted(state()))
                .hasMessageContaining("last line of ingestion");
    }

    @Test
    void silenceEndsTheWatchAfterFourMinutes() {
        batches.add(List.of(READY, STARTED));
        assertThatThrownBy(() -> watch(new Display.Plain(out)).untilPromoted(state()))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageStartingWith("nothing was heard of the run for 4 minutes\nthe end of training's log:");
        assertThat(time).isBetween(Duration.ofSeconds(240), Duration.ofSeconds(250));
    }

    @Test
    void stepsAreNotSilence() {
        batches.add(List.of(READY, STARTED));
        RunWatch watch = new RunWatch(
                stack(),
                this::nextBatch,
                () -> Optional.of(Math.min(1000, time.toSeconds())),
                new Display.Plain(out),
                () -> time.toNanos());
        assertThatThrownBy(() -> watch.untilPromoted(state())).hasMessageStartingWith("nothing was heard");
        assertThat(time).isGreaterThan(Duration.ofSeconds(1240));
    }

    private RunWatch watch(Display display) {
        return new RunWatch(stack(), this::nextBatch, () -> Optional.of(steps), display, () -> time.toNanos());
    }

    private List<Message> nextBatch() {
        time = time.plus(POLL);
        return Optional.ofNullable(batches.poll()).orElse(List.of());
    }

    private static StackView stack() {
        return new StackView() {
            @Override
            public Optional<ChildFailedException> failure() {
                return Optional.empty();
            }

            @Override
            public List<String> logTail(String child) {
                return List.of("last line of " + child);
            }
        };
    }
}
