package io.catwalk.system.monitoring.picture;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.catwalk.system.monitoring.Panel.Query;
import io.catwalk.system.monitoring.Series;
import io.catwalk.system.monitoring.Series.Sample;

/**
 * What one series is called in its panel.
 *
 * @param query the number of the query that gave it, from 0
 */
record Line(int query, String name, Series series) {
    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    static Line of(int number, Query query, Series series) {
        return new Line(number, name(query.legend(), series.labels()), series);
    }

    private static String name(String legend, Map<String, String> labels) {
        return LABEL.matcher(legend)
                .replaceAll(label -> Matcher.quoteReplacement(labels.getOrDefault(label.group(1), "")))
                .strip();
    }

    /** The newest number in it. */
    OptionalDouble last() {
        return series.samples().reversed().stream()
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .findFirst();
    }
}
