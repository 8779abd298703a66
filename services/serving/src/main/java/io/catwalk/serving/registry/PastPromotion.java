package io.catwalk.serving.registry;

import java.time.Instant;

/**
 * A promotion as it stands in a label's journal.
 *
 * @param digest the version's archive, {@code sha256:<64 hex digits>}
 * @param since when it was decided, on the store's clock
 * @param cause as {@code evaluations/r1}
 * @param entry its number in the journal
 */
public record PastPromotion(String label, long version, String digest, Instant since, String cause, long entry) {}
