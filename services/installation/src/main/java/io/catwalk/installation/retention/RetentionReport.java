package io.catwalk.installation.retention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What may be deleted, and what was. */
public final class RetentionReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final boolean deletes;
    private final Map<Part, Tally> tallies = new EnumMap<>(Part.class);
    private final List<String> notes = new ArrayList<>();

    RetentionReport(boolean deletes) {
        this.deletes = deletes;
        for (Part part : Part.values()) {
            tallies.put(part, new Tally());
        }
    }

    /** What is deleted from. */
    public enum Part {
        BLOBS("blobs"),
        CHECKPOINTS("checkpoints"),
        EVENT_FILES("event-files"),
        CALLERS("callers");

        private final String shown;

        Part(String shown) {
            this.shown = shown;
        }
    }

    /** Objects that may be deleted, their size, and how many of them were. */
    public static final class Tally {
        private long found;
        private long bytes;
        private long deleted;

        void found(long size) {
            found++;
            bytes += size;
        }

        void deleted() {
            deleted++;
        }

        public long foundObjects() {
            return found;
        }

        public long deletedObjects() {
            return deleted;
        }
    }

    public Tally of(Part part) {
        return tallies.get(part);
    }

    void note(String note) {
        notes.add(note);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** For people. */
    String table() {
        StringBuilder text = new StringBuilder(line("%-12s %10s %16s %10s", "part", "objects", "bytes", "deleted"));
        tallies.forEach((part, tally) ->
                text.append(line("%-12s %,10d %,16d %,10d", part.shown, tally.found, tally.bytes, tally.deleted)));
        notes.forEach(note -> text.append(line("note  %s", note)));
        return text.append(deletes ? "" : "nothing is deleted without --delete")
                .toString()
                .stripTrailing();
    }

    /** One line. */
    String json() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("delete", deletes);
        ObjectNode parts = json.putObject("parts");
        tallies.forEach((part, tally) -> parts.putObject(part.shown)
                .put("objects", tally.found)
                .put("bytes", tally.bytes)
                .put("deleted", tally.deleted));
        notes.forEach(json.putArray("notes")::add);
        return json.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format + "%n", values);
    }
}
