package io.catwalk.evaluation.rollout.replay;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a record of the log isn't replayed. */
public enum PassedOver {
    @JsonProperty("other-model")
    OTHER_MODEL,
    /** Another version than stable has answered it. */
    @JsonProperty("other-version")
    OTHER_VERSION,
    /** It isn't an event, or its parts don't fit together. */
    @JsonProperty("damaged")
    DAMAGED,
    /** It has no probabilities. */
    @JsonProperty("unanswered")
    UNANSWERED,
    /** Its images weren't logged. */
    @JsonProperty("without-images")
    WITHOUT_IMAGES,
    @JsonProperty("too-old")
    TOO_OLD,
    /** The same event was read before. */
    @JsonProperty("repeated")
    REPEATED,
    /** The candidate takes images of another shape, or has another number of classes. */
    @JsonProperty("other-shape")
    OTHER_SHAPE
}
