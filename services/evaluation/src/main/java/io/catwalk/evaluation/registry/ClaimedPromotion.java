package io.catwalk.evaluation.registry;

import java.nio.charset.StandardCharsets;

import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;

/**
 * What a promotion's id stands for.
 *
 * @param label the one that is to move
 * @param version where it shall point
 */
public record ClaimedPromotion(String model, String label, long version) {
    byte[] write() {
        return JournalJson.tree(this).toString().getBytes(StandardCharsets.UTF_8);
    }

    static ClaimedPromotion read(byte[] json, String where) {
        try {
            return JournalJson.record(
                    JournalJson.parse(new String(json, StandardCharsets.UTF_8)), ClaimedPromotion.class);
        } catch (UnknownEntryException e) {
            throw new CorruptManifestException(where + " isn't a promotion", e);
        }
    }

    @Override
    public String toString() {
        return "the promotion of " + model + "/" + version + " to " + label;
    }
}
