package io.catwalk.history.rule;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Name;

/**
 * The id of a promotion or rollout stands for one version and one label of one model: what it was claimed for. An entry of a release
 * that didn't claim ids has none.
 */
public final class PromotionOnce implements Rule<LabelSnapshot> {
    @Override
    public String name() {
        return "promotion-once";
    }

    @Override
    public void check(LabelSnapshot label, Finder finder) {
        for (Numbered entry : label.journal().entries()) {
            String[] cause = DecisionSnapshot.cause(entry).split("/", -1);
            boolean rollout = cause[0].equals("rollouts");
            if (cause.length < 2 || !Name.isValid(cause[1]) || !rollout && !cause[0].equals("promotions")) {
                continue;
            }
            Optional<JsonNode> claim = label.claims().apply(new Name(cause[1]));
            JsonNode candidate = DecisionSnapshot.decision(entry).path("candidate");
            String model = label.model().model().value();
            // A rollout that succeeds moves stable too.
            boolean own = claim.map(known -> known.path("model").asText().equals(model)
                            && known.path("version").asLong()
                                    == candidate.path("version").asLong()
                            && (known.path("label")
                                            .asText()
                                            .equals(label.label().value())
                                    || rollout && cause.length == 2))
                    .orElse(!rollout);
            if (!own) {
                finder.find(
                        label.journal().key(entry.number()),
                        "an entry of what models/_promotions/%s.json was claimed for, %s"
                                .formatted(
                                        cause[1], claim.map(JsonNode::toString).orElse("which is missing")),
                        "%s/%s, version %s"
                                .formatted(
                                        model,
                                        label.label(),
                                        candidate.path("version").asText()),
                        "restore the claim from the bucket's backup; an id must not be used for two promotions");
            }
        }
    }
}
