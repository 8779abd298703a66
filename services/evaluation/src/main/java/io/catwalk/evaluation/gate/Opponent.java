package io.catwalk.evaluation.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a candidate is compared with: the version that the label points at, if any. */
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
     * A version that can't classify the candidate's validation split: it is damaged, or of another shape or number of
     * classes. It doesn't prevent a promotion, as it couldn't serve the same requests.
     *
     * @param why the rest of the sentence "can't be compared, as …"
     */
    record Incomparable(long version, String why) implements Opponent {}
}
