package io.catwalk.chassis.http;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

import io.catwalk.events.ShownValue;
import io.catwalk.objectstore.Name;
import jakarta.ws.rs.BadRequestException;

/** Checks of what a caller sends beside a request's own rules. */
public final class Inputs {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private Inputs() {}

    /**
     * A whole number in a query. A parameter of type {@code int} would be a 404 where it isn't a number.
     *
     * @throws BadRequestException naming the field, its value and its limits
     */
    public static int whole(String field, String text, int least, int most) {
        long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
        if (value < least || value > most) {
            Object shown = value == Long.MIN_VALUE ? ShownValue.of(text) : text;
            throw new BadRequestException("%s is %s, must be %d to %d".formatted(field, shown, least, most));
        }
        return (int) value;
    }

    /**
     * A time in a query.
     *
     * @throws BadRequestException naming the field, its value and its form
     */
    public static Instant time(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRequestException("%s is %s, must be a time of RFC 3339, as 2026-01-31T12:00:00Z"
                    .formatted(field, ShownValue.of(text)));
        }
    }

    /**
     * A name in a body that the path has too.
     *
     * @param given empty where the body leaves it to the path
     * @throws BadRequestException when it is another
     */
    public static void requirePaths(String field, String given, Name path) {
        if (!given.isEmpty() && !given.equals(path.value())) {
            throw new BadRequestException(
                    "%s is %s, must be the path's %s, or left out".formatted(field, ShownValue.of(given), path));
        }
    }
}
