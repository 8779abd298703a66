package io.catwalk.pictureset;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.catwalk.dataset.BadDatasetException;

/**
 * Where a file lies in an archive: names below one another, the last the file's, in Unicode's normal form C. A leading {@code ./}, as
 * tar writes it, is left out.
 *
 * @param segments at least one
 */
public record EntryPath(List<String> segments) {
    private static final int MAX_BYTES = 1024;
    private static final int MAX_SHOWN = 200;
    /** What systems add to folders by themselves. */
    private static final Set<String> OF_SYSTEMS = Set.of("__macosx", "thumbs.db", "desktop.ini");

    public EntryPath {
        segments = List.copyOf(segments);
    }

    /** @throws BadDatasetException for what isn't a plain relative path, with the reason */
    public static EntryPath parse(String written) {
        require(!written.isEmpty(), "its path is empty");
        require(
                written.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
                "its path has more than " + MAX_BYTES + " bytes");
        require(written.indexOf('\uFFFD') < 0, "its path isn't UTF-8");
        require(
                written.codePoints().noneMatch(EntryPath::isInvisible),
                "its path has control characters or invisible ones");
        require(written.indexOf('\\') < 0, "its path has a backslash");
        require(!written.startsWith("/") && !written.matches("[A-Za-z]:.*"), "its path is absolute");
        String relative = Normalizer.normalize(written, Normalizer.Form.NFC);
        while (relative.startsWith("./")) {
            relative = relative.substring(2);
        }
        List<String> segments = List.of(relative.split("/", -1));
        for (String segment : segments) {
            require(
                    !segment.isBlank() && segment.equals(segment.strip()),
                    "its path has an empty name or one with spaces at its ends");
            require(!segment.equals(".") && !segment.equals(".."), "its path has . or ..");
        }
        return new EntryPath(segments);
    }

    /** What can be shown of a path that may be anything. */
    static String shown(String written) {
        StringBuilder shown = new StringBuilder();
        written.codePoints()
                .limit(MAX_SHOWN)
                .map(point -> isInvisible(point) || Character.getType(point) == Character.SURROGATE ? '?' : point)
                .forEach(shown::appendCodePoint);
        return shown + (written.codePointCount(0, written.length()) > MAX_SHOWN ? ".." : "");
    }

    /** Whether a system keeps notes in it, or it is hidden: no picture of the set. */
    public boolean isBeside() {
        return segments.stream()
                .anyMatch(segment -> segment.startsWith(".") || OF_SYSTEMS.contains(segment.toLowerCase(Locale.ROOT)));
    }

    /** Equal for paths that a file system may take for the same one. */
    String folded() {
        return toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new BadDatasetException(reason);
        }
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
