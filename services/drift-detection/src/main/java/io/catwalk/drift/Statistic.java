package io.catwalk.drift;

/** What is compared. */
public enum Statistic {
    PIXEL_MEAN("pixel-mean"),
    PIXEL_DEVIATION("pixel-deviation"),
    PREDICTED_LABEL("predicted-label");

    private final String label;

    Statistic(String label) {
        this.label = label;
    }

    /** As in events and metrics. */
    public String label() {
        return label;
    }
}
