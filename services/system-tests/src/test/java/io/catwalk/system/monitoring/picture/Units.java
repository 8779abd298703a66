package io.catwalk.system.monitoring.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers as Grafana's units write them; of its units only those that the dashboards use. */
final class Units extends NumberFormat {
    private static final long serialVersionUID = 1;

    private static final int DIGITS = 3;

    private final String unit;
    private final int decimals;

    private Units(String unit, OptionalInt decimals) {
        this.unit = unit;
        this.decimals = decimals.orElse(-1);
    }

    static Units of(JsonNode defaults) {
        return new Units(
                defaults.path("unit").asText(),
                defaults.has("decimals")
                        ? OptionalInt.of(defaults.path("decimals").asInt())
                        : OptionalInt.empty());
    }

    static Units named(String unit) {
        return new Units(unit, OptionalInt.empty());
    }

    String text(double value) {
        return switch (unit) {
            case "percentunit" -> number(value * 100) + " %";
            case "percent" -> number(value) + " %";
            case "s" -> seconds(value);
            case "reqps" -> number(value) + " req/s";
            case "ops" -> number(value) + " ops/s";
            case "decbytes" -> number(value / 1e6) + " MB";
            case "sci" -> value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
            case "none", "short" -> number(value);
            default -> throw new IllegalArgumentException("no such unit here: " + unit);
        };
    }

    private String seconds(double value) {
        double size = Math.abs(value);
        if (size < 1e-3 && size > 0) {
            return number(value * 1e6) + " us";
        }
        return size < 1 && size > 0 ? number(value * 1e3) + " ms" : number(value) + " s";
    }

    private String number(double value) {
        if (decimals >= 0) {
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
        return to.append(text(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
        return to.append(text(number));
    }

    @Override
    public Number parse(String source, ParsePosition position) {
        throw new UnsupportedOperationException("numbers are only written");
    }
}
