package io.catwalk.training.plan;

import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.AdamW;
import io.catwalk.network.optimizer.Optimizer;
import io.catwalk.network.optimizer.RmsProp;
import io.catwalk.network.optimizer.Sgd;

/** An optimizer as a request writes it. */
final class RequestedOptimizer {
    private static final float MOMENTUM = 0.9f;

    private RequestedOptimizer() {}

    /** @throws IllegalArgumentException for Nesterov without momentum */
    static Optimizer of(io.catwalk.training.v1.Optimizer asked) {
        return switch (asked.getKindCase()) {
            case SGD -> sgd(asked.getSgd());
            case ADAM -> adam(asked.getAdam());
            case ADAM_W -> adamW(asked.getAdamW());
            case RMS_PROP -> rmsProp(asked.getRmsProp());
            case KIND_NOT_SET -> throw new IllegalArgumentException("the optimizer has no kind");
        };
    }

    private static Optimizer sgd(io.catwalk.training.v1.Sgd asked) {
        return new Sgd(asked.hasMomentum() ? (float) asked.getMomentum() : MOMENTUM, asked.getNesterov());
    }

    private static Adam adam(io.catwalk.training.v1.Adam asked) {
        Adam usual = new Adam();
        return new Adam(
                asked.hasBeta1() ? (float) asked.getBeta1() : usual.beta1(),
                asked.hasBeta2() ? (float) asked.getBeta2() : usual.beta2(),
                asked.hasEpsilon() ? (float) asked.getEpsilon() : usual.epsilon());
    }

    private static AdamW adamW(io.catwalk.training.v1.Adam asked) {
        Adam same = adam(asked);
        return new AdamW(same.beta1(), same.beta2(), same.epsilon());
    }

    private static RmsProp rmsProp(io.catwalk.training.v1.RmsProp asked) {
        RmsProp usual = new RmsProp();
        return new RmsProp(
                asked.hasRho() ? (float) asked.getRho() : usual.rho(),
                asked.hasMomentum() ? (float) asked.getMomentum() : usual.momentum(),
                asked.hasEpsilon() ? (float) asked.getEpsilon() : usual.epsilon());
    }
}
