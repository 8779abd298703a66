package io.catwalk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.node.IntNode;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What journals promise on any store. */
abstract class JournalProperties {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final int APPENDS = 6;

    private final ObjectStore store;

    JournalProperties(ObjectStore store) {
        this.store = store;
    }

    /** Each append that was reported done stands exactly once where it was said to, and nothing else stands. */
    @Property(tries = 25)
    void everyAppendIsDecidedOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int writers) throws Exception {
        Folder folder = freshFolder();
        List<Callable<List<Numbered>>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = "w" + writer;
            Journal journal = new Journal(new FlakyStore(store, seed + writer, 0.3).view(), folder, name, RETRY);
            tasks.add(() -> appendAll(journal));
        }

        List<Numbered> reported = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            for (Future<List<Numbered>> done : executor.invokeAll(tasks)) {
                reported.addAll(done.get());
            }
        }

        List<Numbered> standing = new Journal(store, folder, "reader", RETRY).after(0);
        assertThat(standing).hasSize(writers * APPENDS);
        assertThat(standing).extracting(Numbered::number).isSorted().doesNotHaveDuplicates();
        assertThat(standing)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(reported);
    }

    /** Halving finds the last of any number of entries, from wherever it starts. */
    @Property(tries = 100)
    void findsTheNewest(
            @ForAll @IntRange(min = 0, max = 70) int entries, @ForAll @IntRange(min = 0, max = 70) int known)
            throws Exception {
        Journal journal = new Journal(store, freshFolder(), "w", RETRY);
        for (int number = 0; number < entries; number++) {
            assertThat(journal.append(number, draft(number))).isInstanceOf(Append.Done.class);
        }

        assertThat(journal.newestFrom(Math.min(known, entries))
                        .map(Numbered::number)
                        .orElse(0L))
                .isEqualTo(entries);
    }

    private static Folder freshFolder() {
        return Artifacts.journal(JobKind.RUN, new Name(UUID.randomUUID().toString()));
    }

    private static List<Numbered> appendAll(Journal journal) throws InterruptedException {
        List<Numbered> done = new ArrayList<>();
        while (done.size() < APPENDS) {
            long end =
                    RETRY.untilAnswered(journal::newest).map(Numbered::number).orElse(0L);
            if (journal.append(end, draft(done.size())) instanceof Append.Done(Numbered entry)) {
                done.add(entry);
            }
        }
        return done;
    }

    private static Draft draft(int value) {
        return new Draft(EntryKind.PROGRESS, 0, Optional.empty(), IntNode.valueOf(value));
    }
}
