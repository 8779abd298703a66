package io.catwalk.drift;

/**
 * When drift is alarming.
 *
 * @param window how many of the newest images are compared, at least 100
 * @param index the population stability index from which a difference matters, above 0
 * @param falseAlarmRate how often a figure may reach its threshold by chance, above 0 and below 1: where the window is so small
 *     that {@code index} would be reached more often, the threshold is higher
 */
public record DriftSettings(int window, double index, double falseAlarmRate) {
    /** @throws IllegalArgumentException naming the value and its limit */
    public DriftSettings {
        require(window >= 100 && window <= 1_000_000, "window", window, "must be 100 to 1000000");
        require(index > 0 && index < 100, "index", index, "must be above 0 and below 100");
        require(
                falseAlarmRate > 0 && falseAlarmRate < 1,
                "false-alarm rate",
                falseAlarmRate,
                "must be above 0 and below 1");
    }

    private static void require(boolean holds, String field, Object value, String limit) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + ", " + limit);
        }
    }
}
