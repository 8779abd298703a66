package io.catwalk.evaluation.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the label points at, and so what a candidate is judged against. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Opponent.None.class, name = "none"),
    @JsonSubTypes.Type(value = Champion.class, name = "champion"),
    @JsonSubTypes.Type(value = Opponent.Incomparable.class, name = "incomparable")
})
public sealed interface Opponent permits Opponent.None, Champion, Opponent.Incomparable {
    /** The version that the label points at; 0 for none. */
    long version();

    /** The label points nowhere yet. */
    record None() implements Opponent {
        @Override
        public long version() {
            return 0;
        }
    }

    /**
     * A version that can't answer the candidate's validation split: it is damaged, or of another shape or number of
     * classes. It keeps no candidate from its place, as it couldn't serve the same requests.
     *
     * @param why the rest of the sentence "can't be compared, as …"
     */
    record Incomparable(long version, String why) implements Opponent {}
}
