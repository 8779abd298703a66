package io.catwalk.history.snapshot;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Folder;

/**
 * All of one journal.
 *
 * @param numbers those that its objects' names give, ascending
 * @param entries those that can be read, in order
 * @param unreadable those that can't, and why
 * @param foreign objects in its folder that aren't named as entries
 */
public record JournalSnapshot(
        Folder folder, List<Long> numbers, List<Numbered> entries, List<Unreadable> unreadable, List<String> foreign) {
    public JournalSnapshot {
        numbers = List.copyOf(numbers);
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
        foreign = List.copyOf(foreign);
    }

    /** An entry that this release can't read. */
    public record Unreadable(long number, String why) {}

    /** The newest entry, if it can be read. */
    public Optional<Numbered> newest() {
        return entries.isEmpty() || entries.getLast().number() != numbers.getLast()
                ? Optional.empty()
                : Optional.of(entries.getLast());
    }

    public Optional<Numbered> entry(long number) {
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
    }

    /** Whether every entry can be read and none is missing. */
    public boolean isWhole() {
        return unreadable.isEmpty() && !numbers.isEmpty() && numbers.getLast() == numbers.size();
    }

    /** An entry's key. */
    public String key(long number) {
        return folder.path() + "%08d.json".formatted(number);
    }
}
