package io.catwalk.history.snapshot;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.objectstore.Name;

/**
 * One label of a model.
 *
 * @param model its versions
 * @param claims what a promotion's id was claimed for; empty for one that wasn't claimed
 */
public record LabelSnapshot(
        Name label, JournalSnapshot journal, ModelSnapshot model, Function<Name, Optional<JsonNode>> claims) {
    /** As {@code models/m1/labels/stable}. */
    public String unit() {
        return model.unit() + "/labels/" + label;
    }
}
