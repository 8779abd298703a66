package io.catwalk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a later release would write in a record's place: JSON with more fields, at each depth. */
public final class LaterJson {
    private LaterJson() {}

    public static byte[] of(byte[] json) {
        return of(JournalJson.parse(new String(json, UTF_8))).toString().getBytes(UTF_8);
    }

    /** A copy with a field more in each object. */
    public static JsonNode of(JsonNode tree) {
        JsonNode later = tree.deepCopy();
        add(later);
        return later;
    }

    private static void add(JsonNode node) {
        node.forEach(LaterJson::add);
        if (node instanceof ObjectNode object) {
            object.putObject("addedLater").putArray("a").add(1).addObject().putNull("b");
        }
    }
}
