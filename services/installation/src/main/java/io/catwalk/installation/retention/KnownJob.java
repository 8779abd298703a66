package io.catwalk.installation.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/**
 * One job, as far as it matters for what may be deleted.
 *
 * @param closed when, on the store's clock
 * @param firstClaim of one that isn't closed: whatever its holders stored was stored after that, and they may name it still
 * @param newest the state after the newest entry; empty where this release can't read it
 */
record KnownJob(
        JobKind kind, Name id, Optional<Instant> closed, Optional<Instant> firstClaim, Optional<JsonNode> newest) {

    /** Of a run: the checkpoints that its newest entry names, by their digests' hex. */
    Set<String> checkpoints() {
        return Set.copyOf(newest.map(fold -> fold.path("state").path("checkpoints").findValuesAsText("digest").stream()
                        .map(digest -> digest.substring(digest.indexOf(':') + 1))
                        .toList())
                .orElse(List.of()));
    }

    boolean closedBefore(Instant time) {
        return closed.filter(end -> end.isBefore(time)).isPresent();
    }

    /** Every text in its request and state, among them the ids of the runs that it continues or waits for. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        newest.ifPresent(fold -> collect(fold, texts));
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> collect(child, texts));
    }
}
