package io.catwalk.events;

import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;

/** Values as messages show them: strings in quotes with control characters escaped, and never long. */
final class ShownValue {
    private static final int MOST_CHARACTERS = 80;

    private ShownValue() {}

    static String of(Object value) {
        return switch (value) {
            case String text -> shortened(text, TextNode.valueOf(start(text)).toString());
            case Duration duration when Durations.isValid(duration) -> Durations.toString(duration);
            default -> shortened(value.toString(), start(value.toString()));
        };
    }

    /** A number's text or a field's path as it stands, escaped and shortened. */
    static String unquoted(String text) {
        String quoted = of(text);
        int end = quoted.lastIndexOf('"');
        return quoted.substring(1, end) + quoted.substring(end + 1);
    }

    private static String start(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }

    private static String shortened(String whole, String shown) {
        return whole.length() <= MOST_CHARACTERS ? shown : shown + "... (" + whole.length() + " characters)";
    }
}
