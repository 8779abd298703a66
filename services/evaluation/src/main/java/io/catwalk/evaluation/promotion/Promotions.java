package io.catwalk.evaluation.promotion;

import java.time.Clock;
import java.util.Optional;

import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.evaluation.registry.ClaimedPromotion;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionChecks;
import io.catwalk.evaluation.registry.PromotionEvents;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Retry;
import io.catwalk.journal.RetryingPublisher;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.Name;

/** Moves labels on request, each request once. Only versions that passed their evaluation can be requested. */
public final class Promotions {
    private final Registry registry;
    private final PromotionChecks checks;
    private final RetryingPublisher publisher;
    private final Retry retry;
    private final Clock clock;

    public Promotions(Registry registry, RetryingPublisher publisher, Retry retry, Clock clock) {
        this.registry = registry;
        this.checks = new PromotionChecks(registry);
        this.publisher = publisher;
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * Adds a request's one entry to its label journal, or finds it there, and publishes it: on return the broker has it.
     *
     * @param asker who asked for it; the first stays
     * @throws UnmeetableRequestException when there is no such published version
     * @throws ConflictingRequestException when the id belongs to another request
     */
    public EventOutcome promote(PromotionRequest request, Asker asker) throws InterruptedException {
        String cause = "promotions/" + request.promotionId();
        Name id = new Name(request.promotionId());
        Name model = new Name(request.model());
        Name label = new Name(request.label());
        var asked = new ClaimedPromotion(request.model(), request.label(), request.version());
        retry.untilAnswered(() -> checks.known(id)).ifPresent(known -> PromotionChecks.requireSame(id, known, asked));
        DecisionJournal journal = retry.untilAnswered(() -> registry.labelJournal(model, label));
        Optional<DecisionEntry> existing = retry.untilAnswered(() -> entryOf(journal, cause));
        if (existing.isPresent()) {
            PromotionChecks.requireSame(id, claimed(existing.get(), request), asked);
            publish(existing.get());
            return EventOutcome.REPEATED;
        }
        Target target = retry.untilAnswered(() -> checks.published(model, request.version()));
        retry.untilAnswered(() -> checks.claim(id, asked));
        DecisionEntry entry = journal.put(cause, Optional.of(asker), decider(model, label, cause, target));
        PromotionChecks.requireSame(id, claimed(entry, request), asked);
        publish(entry);
        return EventOutcome.ACCEPTED;
    }

    private static Optional<DecisionEntry> entryOf(DecisionJournal journal, String cause) {
        return journal.entries().stream()
                .filter(entry -> entry.cause().equals(cause))
                .findFirst();
    }

    private Decider decider(Name model, Name label, String cause, Target target) {
        return (soFar, number) -> {
            LabelDecision decision = LabelDecision.promoted(soFar, target, "requested");
            return new Decider.Decision(
                    decision,
                    Optional.of(PromotionEvents.promoted(model, label, cause, decision, number, clock.instant())));
        };
    }

    private void publish(DecisionEntry entry) throws InterruptedException {
        publisher.publish(entry.eventId(), entry.event().orElseThrow());
    }

    /** Of an entry in the label journal, which may be older than the claiming of ids. */
    private static ClaimedPromotion claimed(DecisionEntry entry, PromotionRequest request) {
        long version = LabelDecision.of(entry).candidate().map(Target::version).orElse(0L);
        return new ClaimedPromotion(request.model(), request.label(), version);
    }
}
