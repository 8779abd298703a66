package io.catwalk.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.google.protobuf.Message;
import io.catwalk.local.StackView;
import io.catwalk.local.TaskFailedException;
import io.catwalk.training.v1.TrainingStarted;

/** Follows one run until its model is promoted, and shows how far it is. */
final class RunWatch {
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(4);

    private final StackView stack;
    private final Supplier<List<Message>> events;
    private final Supplier<Optional<Long>> liveSteps;
    private final Display display;
    private final Stopwatch silence;
    private final Stopwatch training;
    private Optional<Phase> shown = Optional.empty();
    private long lastStep;

    /**
     * @param events those that came since the last call, waiting a moment for the first
     * @param liveSteps the run's current step, if its service answers
     * @param nanoTime as {@link System#nanoTime}
     */
    RunWatch(
            StackView stack,
            Supplier<List<Message>> events,
            Supplier<Optional<Long>> liveSteps,
            Display display,
            LongSupplier nanoTime) {
        this.stack = stack;
        this.events = events;
        this.liveSteps = liveSteps;
        this.display = display;
        this.silence = new Stopwatch(nanoTime);
        this.training = new Stopwatch(nanoTime);
    }

    /**
     * Returns once the model is promoted.
     *
     * @throws TaskFailedException when it never will be, or nothing happened for minutes; the message ends with the log of
     *     the service that was at work
     */
    void untilPromoted(RunState state) {
        while (!state.isPromoted()) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            events.get().forEach(event -> apply(event, state));
            showPhase(state.phase());
            if (state.phase() == Phase.TRAINING) {
                state.started().ifPresent(started -> showTraining(state, started));
            }
            refuseFailure(state);
        }
        showPhase(state.phase());
    }

    private void apply(Message event, RunState state) {
        silence.restart();
        Optional<TrainingStarted> startedBefore = state.started();
        int epochsBefore = state.epochsDone();
        state.apply(event);
        if (!state.started().equals(startedBefore)) {
            training.restart();
        }
        if (state.epochsDone() > epochsBefore) {
            state.lastEpoch().map(TrainingProgress::epochLine).ifPresent(display::milestone);
        }
    }

    private void showPhase(Phase phase) {
        if (!shown.equals(Optional.of(phase))) {
            shown = Optional.of(phase);
            display.line("%-11s %s".formatted(phase.title(), phase.purpose()));
        }
    }

    private void showTraining(RunState state, TrainingStarted started) {
        long step = liveSteps.get().orElse(0L);
        if (step > lastStep) {
            lastStep = step;
            silence.restart();
        }
        display.status(
                TrainingProgress.of(state, started, step, training.elapsed()).line());
    }

    private void refuseFailure(RunState state) {
        state.failure().ifPresent(failure -> {
            throw Failures.with(stack, failure.phase(), failure.reason());
        });
        if (silence.elapsed().compareTo(LONGEST_SILENCE) > 0) {
            throw Failures.with(
                    stack,
                    state.phase(),
                    "nothing was heard of the run for " + LONGEST_SILENCE.toMinutes() + " minutes");
        }
    }
}
