package io.catwalk.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/**
 * Payloads as proto3 JSON: lowerCamelCase names, 64-bit numbers as strings, no line breaks.
 *
 * <p>Written: fields in number order, zeros and empty lists shown, fields with presence only where set. Read: either name of a
 * field is known, {@code learningRate} and {@code learning_rate}; what journals and facts hold beyond that is passed over, as
 * another version may have written it; requests, which people write, are refused for it.
 */
public final class EventJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

    private EventJson() {}

    public static String toJson(Message payload) {
        try {
            return PRINTER.print(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not printable as proto3 JSON: " + e.getMessage(), e);
        }
    }

    /**
     * A payload as {@link #toJson} wrote it, then or in another version. Its rules aren't checked, as they may have
     * become stricter since.
     *
     * @throws BadEventException for JSON that isn't such a payload
     */
    public static <M extends Message> M fromJson(EventType<M> type, String json) {
        return parse(UnknownFields.IGNORED, type, json);
    }

    /**
     * A payload from outside: strict about the JSON itself (UTF-8, no name twice, finite numbers, depth), and where
     * it is a request about every name in it too. {@link EventType#check} and {@link Event} check its rules.
     *
     * @throws BadEventException naming the field, its value and what it must be
     */
    public static <M extends Message> M read(EventType<M> type, byte[] utf8) {
        String json = StrictJson.utf8("value", utf8);
        UnknownFields unknown = type.isRequest() ? UnknownFields.REFUSED : UnknownFields.IGNORED;
        JsonFields.byShape(unknown).check(type, StrictJson.parse(json));
        return parse(unknown, type, json);
    }

    private static <M extends Message> M parse(UnknownFields unknown, EventType<M> type, String json) {
        Message.Builder builder = type.newBuilder();
        try {
            unknown.parser().merge(json, builder);
            return type.cast(builder.build());
        } catch (InvalidProtocolBufferException e) {
            JsonFields.byReading(unknown).check(type, StrictJson.parse(json));
            throw BadEventException.broken("value", "is not a " + type + ": " + e.getMessage());
        }
    }
}
