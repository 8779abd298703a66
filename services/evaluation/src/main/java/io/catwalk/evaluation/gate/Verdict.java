package io.catwalk.evaluation.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The gate's decision about a candidate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "decision")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Promote.class, name = "promote"),
    @JsonSubTypes.Type(value = Verdict.Refuse.class, name = "refuse")
})
public sealed interface Verdict {
    /** The metrics and limits that led to it, for people. */
    String reason();

    /** The label may point at the candidate. */
    record Promote(String reason) implements Verdict {}

    /** The label stays where it is. */
    record Refuse(String reason) implements Verdict {}
}
