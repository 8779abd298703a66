package io.catwalk.evaluation.rollout;

import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.evaluation.registry.ClaimedPromotion;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionChecks;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.job.RequestedRollout;
import io.catwalk.evaluation.rollout.job.RolloutPlan;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.Jobs;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Which requests are rollouts, and which of them can be met. May throw the store's exceptions. */
@Singleton
public class RolloutIntake {
    private final Registry registry;
    private final PromotionChecks checks;
    private final Rollouts rollouts;

    @Inject
    RolloutIntake(Registry registry, Rollouts rollouts) {
        this.registry = registry;
        this.checks = new PromotionChecks(registry);
        this.rollouts = rollouts;
    }

    /**
     * Whether a promotion is requested as a rollout: a canary with a weight, or a shadow.
     *
     * @throws BadInputException for a weight that its label can't have
     */
    public static boolean isRollout(PromotionRequest request) {
        boolean canary = request.label().equals(RolloutPlan.CANARY);
        boolean shadow = request.label().equals(RolloutPlan.SHADOW);
        if (request.weight().isPresent() && !canary && !shadow) {
            throw new BadInputException("weight is " + request.weight().get()
                    + ", must be left out: it is for the labels canary and shadow");
        }
        if (canary && request.weight().filter(weight -> weight >= 1).isPresent()) {
            throw new BadInputException(
                    "weight is 1, must be below 1 for a canary: it is compared with what stable answers meanwhile");
        }
        return shadow || canary && request.weight().isPresent();
    }

    /**
     * Makes it a job, once.
     *
     * @throws UnmeetableRequestException when the version isn't published, or is stable, or the model has none that is
     * @throws ConflictingRequestException when the id belongs to another request, or a rollout of the model hasn't ended
     */
    public EventOutcome accept(PromotionRequest request, PromotionRequested message, Asker asker)
            throws InterruptedException {
        Name id = new Name(request.promotionId());
        check(request);
        return rollouts.jobs().accept(id, message, asker);
    }

    /** Whether it can be met now. One that is a job already was found so. */
    public void check(PromotionRequest request) {
        Name id = new Name(request.promotionId());
        Jobs jobs = rollouts.jobs().jobs();
        if (jobs.find(id).filter(job -> !job.isOnlyCancelled()).isPresent()) {
            return;
        }
        Name model = new Name(request.model());
        checks.published(model, request.version());
        Optional<Target> stable = LabelDecision.target(
                registry.labelJournal(model, Registry.STABLE).entries());
        if (stable.isEmpty()) {
            throw new UnmeetableRequestException("model is " + model + ", which has no stable version to compare with");
        }
        if (stable.get().version() == request.version()) {
            throw new UnmeetableRequestException("version is " + request.version() + ", must be another than stable's, "
                    + stable.get().version());
        }
        openRollout(jobs, id, model).ifPresent(open -> {
            throw new ConflictingRequestException(
                    "model is " + model + ", of which rollout " + open + " hasn't ended; cancel that, or wait");
        });
        checks.claim(id, new ClaimedPromotion(request.model(), request.label(), request.version()));
    }

    private static Optional<Name> openRollout(Jobs jobs, Name own, Name model) {
        List<Name> open = jobs.open();
        return open.stream()
                .filter(id -> !id.equals(own))
                .filter(id -> Reading.of(() ->
                                jobs.find(id).filter(job -> isOpen(job, model)).isPresent())
                        .orElse(reason -> false))
                .findFirst();
    }

    private static boolean isOpen(Job job, Name model) {
        return job.fold().result().isEmpty()
                && RequestedRollout.of(job)
                        .filter(request -> request.model().equals(model))
                        .isPresent();
    }
}
