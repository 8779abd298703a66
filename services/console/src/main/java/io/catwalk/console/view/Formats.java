package io.catwalk.console.view;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.TemplateExtension;
import org.jspecify.annotations.Nullable;

/** How templates show values; nothing is a dash. */
@TemplateExtension(namespace = "show")
public final class Formats {
    private static final String NOTHING = "–";
    private static final int SHORT_DIGEST = 12;
    private static final BigDecimal LEAST_DECIMAL = new BigDecimal("0.000001");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Formats() {}

    /** 0 to 1 as per cent. */
    public static String percent(@Nullable Object value) {
        return value instanceof Number number ? format("%.2f %%", number.doubleValue() * 100) : NOTHING;
    }

    /** Four digits after the point. */
    public static String fine(@Nullable Object value) {
        return value instanceof Number number ? format("%.4f", number.doubleValue()) : NOTHING;
    }

    /** A whole number, with thin spaces between thousands. */
    public static String count(@Nullable Object value) {
        return value instanceof Number number
                ? format("%,d", number.longValue()).replace(',', '\u2009')
                : NOTHING;
    }

    /** The number as it stands, or a dash. */
    public static String plain(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? NOTHING : value.toString();
    }

    /** Seconds as a duration for people. */
    public static String seconds(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return NOTHING;
        }
        Duration time = Duration.ofSeconds(Math.round(number.doubleValue()));
        return time.toHours() > 0
                ? format("%d h %02d min", time.toHours(), time.toMinutesPart())
                : format("%d:%02d min", time.toMinutes(), time.toSecondsPart());
    }

    /** A time of RFC 3339, or an {@link Instant}, for people. */
    public static String time(@Nullable Object value) {
        try {
            return value == null ? NOTHING : MINUTE.format(Instant.parse(value.toString())) + " UTC";
        } catch (DateTimeParseException e) {
            return value.toString();
        }
    }

    /** The start of a digest. */
    public static String digest(@Nullable Object value) {
        String text = value == null ? NOTHING : value.toString().replaceFirst("^sha256:", "");
        return text.length() > SHORT_DIGEST ? text.substring(0, SHORT_DIGEST) : text;
    }

    /** A dataset's name, and the start of its digest where that is named. */
    public static String pinned(@Nullable Object dataset) {
        String text = plain(dataset);
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, at + 1) + digest(text.substring(at + 1));
    }

    /** A number without an exponent, from a millionth on; all else as it stands. */
    public static String number(@Nullable Object value) {
        Object given = value instanceof JsonNode node ? JsonValues.plain(node) : value;
        return given instanceof Number number ? decimal(new BigDecimal(number.toString())) : plain(given);
    }

    private static String decimal(BigDecimal value) {
        return value.signum() != 0 && value.abs().compareTo(LEAST_DECIMAL) < 0
                ? value.toString()
                : value.stripTrailingZeros().toPlainString();
    }

    /** Part of a whole for {@code <progress>}. */
    public static String share(@Nullable Object part, @Nullable Object whole) {
        return part instanceof Number some && whole instanceof Number all && all.doubleValue() > 0
                ? format("%.3f", some.doubleValue() / all.doubleValue())
                : "0";
    }

    /** In small letters. */
    public static String lower(@Nullable Object value) {
        return plain(value).toLowerCase(Locale.ROOT);
    }

    /** Words between blanks; a blank at the start is an empty first one. */
    public static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    /** A whole number that an address has. */
    public static int whole(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
