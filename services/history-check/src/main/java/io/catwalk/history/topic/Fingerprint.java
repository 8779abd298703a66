package io.catwalk.history.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Digest;

/**
 * 128 bits of what an event says: its type, time, key and payload as JSON with sorted names. Equal events in another encoding
 * have the equal one; fields that this release doesn't know are left out.
 */
public record Fingerprint(long high, long low) {
    /** Of a record that isn't an event. */
    public static final Fingerprint NONE = new Fingerprint(0, 0);

    public static Fingerprint of(Event<?> event) {
        return of(event.type(), event);
    }

    /**
     * Of the event of a journal's entry.
     *
     * @throws BadEventException for one that this release can't read
     */
    public static Fingerprint of(String id, EventType<?> type, io.catwalk.journal.Event event) {
        return of(Event.fromJson(id, "/", type, event.time(), event.body()));
    }

    private static <M extends Message> Fingerprint of(EventType<M> type, Event<?> event) {
        String said = String.join(
                "\n",
                type.name(),
                event.time().toString(),
                event.key().orElse(""),
                sorted(EventJson.tree(event.payload())).toString());
        MessageDigest digest = Digest.newMessageDigest();
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest(said.getBytes(UTF_8)));
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }

    private static JsonNode sorted(JsonNode tree) {
        if (tree.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            tree.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            return object.setAll(fields);
        }
        if (tree.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            tree.forEach(element -> array.add(sorted(element)));
            return array;
        }
        return tree;
    }
}
