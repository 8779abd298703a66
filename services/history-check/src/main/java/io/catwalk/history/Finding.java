package io.catwalk.history;

/**
 * One thing that isn't as a rule says.
 *
 * @param rule its name, as {@code journal-contiguous}
 * @param unit what is read again to confirm it: a job, a decision journal, a model or a topic, as {@code runs/r1}
 * @param subject the object's key, the event's id or the record's {@code topic-partition@offset}
 * @param expected what must be there
 * @param found what is there
 * @param next what to do about it
 */
public record Finding(String rule, String unit, String subject, String expected, String found, String next) {
    /** Whether another finding is of the same rule and subject, whatever was found. */
    boolean isSame(Finding other) {
        return rule.equals(other.rule) && subject.equals(other.subject);
    }
}
