package io.catwalk.evaluation.rollout.judgement;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a canary is judged by. */
public enum Metric {
    /** The share of failed requests, against stable's. */
    @JsonProperty("errors")
    ERRORS,
    /** The share of slow requests, against stable's. */
    @JsonProperty("latency")
    LATENCY,
    /** The share of images that it took for another class than stable did, against a limit. */
    @JsonProperty("disagreement")
    DISAGREEMENT;

    /** As events and metrics name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
