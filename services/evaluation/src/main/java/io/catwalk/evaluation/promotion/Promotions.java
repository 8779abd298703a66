package io.catwalk.evaluation.promotion;

import java.time.Clock;
import java.util.Optional;

import io.catwalk.chassis.events.ConflictingRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.events.UnmeetableRequestException;
import io.catwalk.evaluation.registry.CorruptManifestException;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionEvents;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.Registry.Standing;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.Retry;
import io.catwalk.journal.Teller;
import io.catwalk.journal.line.Judge;
import io.catwalk.journal.line.Line;
import io.catwalk.journal.line.LineEntry;
import io.catwalk.objectstore.Name;

/** Moves labels on request, each request once. Only versions that an evaluation has let pass can be asked for. */
public final class Promotions {
    private final Registry registry;
    private final Teller teller;
    private final Retry retry;
    private final Clock clock;

    public Promotions(Registry registry, Teller teller, Retry retry, Clock clock) {
        this.registry = registry;
        this.teller = teller;
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * Puts a request's one entry into its label's line, or finds it there, and tells it: when this returns, the broker has it.
     *
     * @throws UnmeetableRequestException when there is no such published version
     * @throws ConflictingRequestException when the id belongs to another request
     */
    public EventOutcome promote(PromotionRequest request) throws InterruptedException {
        String cause = "promotions/" + request.promotionId();
        Optional<Standing> standing = retry.untilAnswered(() -> registry.standing(cause));
        if (standing.isPresent()) {
            checkSame(standing.get(), request);
            tell(standing.get().entry());
            return EventOutcome.REPEATED;
        }
        Name model = new Name(request.model());
        Name label = new Name(request.label());
        Target target = retry.untilAnswered(() -> target(model, request.version()));
        Line line = retry.untilAnswered(() -> registry.line(model, label));
        LineEntry entry = line.put(cause, judge(model, label, cause, target));
        checkSame(new Standing(model, label, entry), request);
        tell(entry);
        return EventOutcome.ACCEPTED;
    }

    private Judge judge(Name model, Name label, String cause, Target target) {
        return (soFar, number) -> {
            LabelDecision decision = LabelDecision.promoted(soFar, target, "requested");
            return new Judge.Decision(
                    decision,
                    Optional.of(PromotionEvents.promoted(model, label, cause, decision, number, clock.instant())));
        };
    }

    private Target target(Name model, long version) {
        Optional<VersionManifest> manifest;
        try {
            manifest = registry.version(model, version);
        } catch (CorruptManifestException e) {
            throw new UnmeetableRequestException("version is " + version + ": " + e.getMessage());
        }
        if (manifest.isEmpty() || !registry.isPublished(model, version)) {
            throw new UnmeetableRequestException("version is " + version + ", must be a published version of " + model);
        }
        return manifest.get().target();
    }

    private void tell(LineEntry entry) throws InterruptedException {
        teller.tell(entry.eventId(), entry.event().orElseThrow());
    }

    private static void checkSame(Standing standing, PromotionRequest request) {
        long version = LabelDecision.of(standing.entry())
                .candidate()
                .map(Target::version)
                .orElse(0L);
        boolean same = standing.model().value().equals(request.model())
                && standing.label().value().equals(request.label())
                && version == request.version();
        if (!same) {
            throw new ConflictingRequestException("promotionId is " + request.promotionId()
                    + ", which belongs to the promotion of " + standing.model() + "/" + version + " to "
                    + standing.label() + "; choose another id");
        }
    }
}
