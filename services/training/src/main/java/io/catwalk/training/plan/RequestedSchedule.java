package io.catwalk.training.plan;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.network.schedule.Constant;
import io.catwalk.network.schedule.Cosine;
import io.catwalk.network.schedule.Exponential;
import io.catwalk.network.schedule.OneCycle;
import io.catwalk.network.schedule.Schedule;
import io.catwalk.network.schedule.StepDecay;
import io.catwalk.network.schedule.WarmUp;

/** A schedule as a request writes it, its epochs turned into steps. */
final class RequestedSchedule {
    private static final double STEP_FACTOR = 0.1;
    private static final int STEP_PARTS = 3;
    private static final double EXPONENTIAL_FACTOR = 0.95;

    private RequestedSchedule() {}

    /**
     * @param learningRate the highest
     * @throws BadInputException for a warm-up of a one-cycle, or as long as the run
     */
    static Schedule of(io.catwalk.training.v1.Schedule asked, double learningRate, RunLength length) {
        long rise = asked.getWarmUpEpochs() == 0 ? 0 : length.steps(asked.getWarmUpEpochs());
        if (rise >= length.steps()) {
            throw new BadInputException("schedule.warmUpEpochs is %s, must be below the run's %d epochs"
                    .formatted(asked.getWarmUpEpochs(), length.epochs()));
        }
        if (rise > 0 && asked.hasOneCycle()) {
            throw new BadInputException("schedule.warmUpEpochs is %s, must be 0 with oneCycle, which rises itself"
                    .formatted(asked.getWarmUpEpochs()));
        }
        Schedule schedule = switch (asked.getKindCase()) {
            case CONSTANT -> new Constant(learningRate);
            case STEP_DECAY -> stepDecay(asked.getStepDecay(), learningRate, length);
            case EXPONENTIAL_DECAY -> exponential(asked.getExponentialDecay(), learningRate, length);
            case COSINE_DECAY ->
                new Cosine(learningRate, learningRate * asked.getCosineDecay().getLast(), length.steps() - rise);
            case ONE_CYCLE -> new OneCycle(learningRate, length.steps());
            case KIND_NOT_SET -> throw new IllegalArgumentException("the schedule has no kind");
        };
        return rise == 0 ? schedule : new WarmUp(rise, schedule);
    }

    private static Schedule stepDecay(io.catwalk.training.v1.StepDecay asked, double learningRate, RunLength length) {
        double every = asked.hasEveryEpochs() ? asked.getEveryEpochs() : (double) length.epochs() / STEP_PARTS;
        return new StepDecay(learningRate, asked.hasFactor() ? asked.getFactor() : STEP_FACTOR, length.steps(every));
    }

    private static Schedule exponential(
            io.catwalk.training.v1.ExponentialDecay asked, double learningRate, RunLength length) {
        double every = asked.hasEveryEpochs() ? asked.getEveryEpochs() : 1;
        return new Exponential(
                learningRate, asked.hasFactor() ? asked.getFactor() : EXPONENTIAL_FACTOR, length.steps(every));
    }
}
