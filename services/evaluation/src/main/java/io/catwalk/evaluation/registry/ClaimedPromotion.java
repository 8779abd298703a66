package io.catwalk.evaluation.registry;

import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;

/**
 * The promotion that an id was claimed for.
 *
 * @param label to be moved
 * @param version its new target
 */
public record ClaimedPromotion(String model, String label, long version) {
    byte[] write() {
        return JournalJson.bytes(this);
    }

    static ClaimedPromotion read(byte[] json, String where) {
        try {
            return JournalJson.record(json, ClaimedPromotion.class, where);
        } catch (UnknownEntryException e) {
            throw new CorruptManifestException(where + " isn't a promotion", e);
        }
    }

    @Override
    public String toString() {
        return "the promotion of " + model + "/" + version + " to " + label;
    }
}
