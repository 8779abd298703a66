package io.catwalk.history.rule;

import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.journal.Numbered;

/** A label's entries are one line: each begins where the one before it has left the label, and its event says the same. */
public final class LabelLine implements Rule<LabelSnapshot> {
    private static final String NEXT = "restore the journal from the bucket's backup, and find out who wrote the entry";

    @Override
    public String name() {
        return "label-line";
    }

    @Override
    public void check(LabelSnapshot label, Finder finder) {
        if (!label.journal().isWhole()) {
            return;
        }
        JsonNode target = NullNode.getInstance();
        for (Numbered entry : label.journal().entries()) {
            String key = label.journal().key(entry.number());
            JsonNode decision = DecisionSnapshot.decision(entry);
            boolean promotes = decision.path("outcome").asText().equals("promoted");
            expect(key, "before", target, decision, finder);
            JsonNode next = promotes ? present(decision, "candidate") : target;
            expect(key, "label", next, decision, finder);
            if (promotes) {
                checkEvent(label, entry, decision, target, finder);
            }
            target = next;
        }
    }

    private static void expect(String key, String field, JsonNode expected, JsonNode decision, Finder finder) {
        if (!present(decision, field).equals(expected)) {
            finder.find(key, field + " " + expected, present(decision, field).toString(), NEXT);
        }
    }

    private static void checkEvent(
            LabelSnapshot label, Numbered entry, JsonNode decision, JsonNode before, Finder finder) {
        String expected = said(
                label.model().model().value(),
                label.label().value(),
                decision.path("candidate").path("version").asLong(),
                before.path("version").asLong(),
                decision.path("candidate").path("modelDigest").asText(),
                DecisionSnapshot.cause(entry),
                decision.path("weight").asDouble(-1));
        String found = entry.entry()
                .event()
                .map(event -> event.body())
                .map(body -> said(
                        body.path("model").asText(),
                        body.path("label").asText(),
                        body.path("version").asLong(),
                        body.path("previousVersion").asLong(),
                        body.path("modelDigest").asText(),
                        body.path("cause").asText(),
                        body.path("weight").asDouble(-1)))
                .orElse("no event");
        if (!Objects.equals(expected, found)) {
            finder.find(label.journal().key(entry.number()), "an event that says " + expected, found, NEXT);
        }
    }

    private static String said(
            String model, String label, long version, long before, String digest, String cause, double weight) {
        return "%s/%s: version %d after %d, %s, of %s%s"
                .formatted(model, label, version, before, digest, cause, weight < 0 ? "" : ", weight " + weight);
    }

    private static JsonNode present(JsonNode decision, String field) {
        JsonNode value = decision.path(field);
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }
}
