package io.catwalk.serving;

import java.time.Instant;

import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.model.v1.ModelPromoted;

/** A promotion as the evaluator writes it to a label's journal. */
public final class PromotionEvent {
    private PromotionEvent() {}

    public static Event of(Instant time, ModelPromoted promoted) {
        return new Event(EventType.MODEL_PROMOTED.topic(), time, EventJson.tree(promoted));
    }
}
