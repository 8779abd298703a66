package io.catwalk.serving.registry;

import java.time.Instant;
import java.util.OptionalDouble;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A promotion as it stands in a label's journal.
 *
 * @param digest the version's archive, {@code sha256:<64 hex digits>}
 * @param since when it was decided, on the store's clock
 * @param cause as {@code evaluations/r1}
 * @param entry its number in the journal
 * @param weight of a rollout, 0 for its end; absent for any other promotion
 */
public record PastPromotion(
        String label,
        long version,
        String digest,
        Instant since,
        String cause,
        long entry,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble weight) {}
