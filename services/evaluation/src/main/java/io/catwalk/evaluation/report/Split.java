package io.catwalk.evaluation.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A part of a dataset, named in JSON in lower case. */
public enum Split {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("validation")
    VALIDATION,
    @JsonProperty("test")
    TEST
}
