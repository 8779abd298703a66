package io.catwalk.evaluation.registry;

import java.util.Optional;

import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.objectstore.Name;

/** What each promotion request must meet, whether it moves a label at once or by a rollout. May throw the store's exceptions. */
public final class PromotionChecks {
    private final Registry registry;

    public PromotionChecks(Registry registry) {
        this.registry = registry;
    }

    /**
     * The version that a request names.
     *
     * @throws UnmeetableRequestException when it isn't a published one
     */
    public Target published(Name model, long version) {
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

    /**
     * The promotion that an id is claimed for.
     *
     * @throws UnmeetableRequestException when that can't be read
     */
    public Optional<ClaimedPromotion> known(Name id) {
        try {
            return registry.promotion(id);
        } catch (CorruptManifestException e) {
            throw unreadable(id, e);
        }
    }

    /**
     * Claims an id for a promotion, or finds it claimed for the same.
     *
     * @return the promotion
     * @throws UnmeetableRequestException when what it is claimed for can't be read
     * @throws ConflictingRequestException when it belongs to another
     */
    public ClaimedPromotion claim(Name id, ClaimedPromotion asked) {
        ClaimedPromotion known;
        try {
            known = registry.claim(id, asked);
        } catch (CorruptManifestException e) {
            throw unreadable(id, e);
        }
        requireSame(id, known, asked);
        return known;
    }

    /** @throws ConflictingRequestException when the id belongs to another promotion than the one that is asked for */
    public static void requireSame(Name id, ClaimedPromotion known, ClaimedPromotion asked) {
        if (!known.equals(asked)) {
            throw new ConflictingRequestException(
                    "promotionId is " + id + ", which belongs to " + known + "; choose another id");
        }
    }

    private static UnmeetableRequestException unreadable(Name id, CorruptManifestException e) {
        return new UnmeetableRequestException("promotionId is " + id + ": " + e.getMessage());
    }
}
