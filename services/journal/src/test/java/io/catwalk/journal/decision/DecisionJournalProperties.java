package io.catwalk.journal.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** What decision journals promise on any store. */
abstract class DecisionJournalProperties {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final int CAUSES = 6;

    private final ObjectStore store;

    DecisionJournalProperties(ObjectStore store) {
        this.store = store;
    }

    /** Each cause has one entry, however many writers put it and however often; each entry is decided against the one before it. */
    @Tag("fault-20")
    @Property(tries = 40)
    void eachCauseHasOneEntry(@ForAll long seed) throws Exception {
        Folder folder = Artifacts.labelJournal(new Name(UUID.randomUUID().toString()), new Name("stable"));
        List<Callable<List<DecisionEntry>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            long writerSeed = seed + writer;
            DecisionJournal journal =
                    new DecisionJournal(new FlakyStore(store, writerSeed, 0.2).view(), folder, "w" + writer, RETRY);
            writers.add(() -> putSome(journal, new Random(writerSeed)));
        }

        Map<String, DecisionEntry> returned = new HashMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(writers.size())) {
            for (Future<List<DecisionEntry>> entries : executor.invokeAll(writers)) {
                for (DecisionEntry entry : entries.get()) {
                    assertThat(returned.merge(entry.cause(), entry, (first, second) -> first))
                            .isEqualTo(entry);
                }
            }
        }

        List<DecisionEntry> standing = new DecisionJournal(store, folder, "reader", RETRY).entries();
        assertThat(standing).containsExactlyInAnyOrderElementsOf(returned.values());
        for (int place = 0; place < standing.size(); place++) {
            assertThat(standing.get(place).decision(Counted.class)).isEqualTo(new Counted(place, place + 1));
        }
    }

    private static List<DecisionEntry> putSome(DecisionJournal journal, Random random) throws InterruptedException {
        List<DecisionEntry> entries = new ArrayList<>();
        for (int put = 0; put < 8; put++) {
            entries.add(journal.put(
                    "cause-" + random.nextInt(CAUSES),
                    (soFar, number) -> new Decider.Decision(new Counted(soFar.size(), number), Optional.empty())));
        }
        return entries;
    }

    private record Counted(int before, long number) {}
}
