package io.catwalk.events;

import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** Values as messages show them: strings in quotes, control characters escaped, and never long. */
public final class ShownValue {
    private static final int MOST_CHARACTERS = 80;
    private static final int MOST_ELEMENTS = 40;
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private ShownValue() {}

    /** A value in a message: text in quotes, a payload's message as JSON, anything else as it says itself. */
    public static String of(Object value) {
        return switch (value) {
            case String text -> '"' + escaped(text) + '"' + remark(text);
            case Message message -> unquoted(print(message));
            case List<?> list -> list(list);
            default -> unquoted(value.toString());
        };
    }

    /** A number, a field's path or JSON as it stands, but shortened and without control characters. */
    static String unquoted(String text) {
        return escaped(text).replace("\\\"", "\"").replace("\\\\", "\\") + remark(text);
    }

    /** No more of its elements than can be shown. */
    private static String list(List<?> list) {
        String first =
                list.stream().limit(MOST_ELEMENTS).map(ShownValue::plain).collect(Collectors.joining(", ", "[", "]"));
        return unquoted(first) + (list.size() > MOST_ELEMENTS ? "... (" + list.size() + " elements)" : "");
    }

    private static String plain(Object element) {
        return element instanceof String text ? '"' + text + '"' : element.toString();
    }

    private static String escaped(String text) {
        String start = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        String quoted = TextNode.valueOf(start).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String remark(String text) {
        return text.length() <= MOST_CHARACTERS ? "" : "... (" + text.length() + " characters)";
    }

    /** A message that proto3 JSON can't say, as a duration out of range, in protobuf's text form. */
    private static String print(Message message) {
        try {
            String json = PRINTER.print(message);
            return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return message.toString().strip();
        }
    }
}
