package io.catwalk.history.rule;

/** Takes a rule's findings. */
@FunctionalInterface
public interface Finder {
    /**
     * @param subject the object's key, the event's id or the record's {@code topic-partition@offset}
     * @param expected what must be there
     * @param found what is there
     * @param next what to do about it
     */
    void find(String subject, String expected, String found, String next);
}
