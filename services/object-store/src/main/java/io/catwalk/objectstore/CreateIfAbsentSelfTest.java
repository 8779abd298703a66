package io.catwalk.objectstore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tries whether the store's create-if-absent is atomic. All that Catwalk decides stands on it, and some releases of some
 * stores have broken it, so a service that can't show it isn't ready.
 */
public final class CreateIfAbsentSelfTest {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 20;

    private final ObjectStore store;

    public CreateIfAbsentSelfTest(ObjectStore store) {
        this.store = store;
    }

    /**
     * Lets 8 concurrent writers race for each of 20 objects.
     *
     * @param attempt names the objects; fresh for each call
     * @throws BrokenCreateIfAbsentException when a round had no winner, several, or not the winner's content
     */
    public void run(Name attempt) throws InterruptedException {
        Folder folder = Artifacts.selfTest(attempt);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                race(writers, folder.key(Integer.toString(round)));
            }
        } finally {
            for (int round = 0; round < ROUNDS; round++) {
                store.delete(folder.key(Integer.toString(round)));
            }
        }
    }

    private void race(ExecutorService executor, ObjectKey key) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            byte[] content = content(writer);
            writers.add(() -> {
                start.await();
                return store.createIfAbsent(key, content);
            });
        }
        List<Integer> winners = winners(executor.invokeAll(writers));
        if (winners.size() != 1) {
            throw new BrokenCreateIfAbsentException("the store's create-if-absent isn't atomic: of " + WRITERS
                    + " concurrent writers of one object " + winners.size() + " were answered that they created it");
        }
        byte[] stored = store.read(key, 64)
                .orElseThrow(() -> new BrokenCreateIfAbsentException("the store lost an object that it had created"))
                .content();
        if (!Arrays.equals(stored, content(winners.getFirst()))) {
            throw new BrokenCreateIfAbsentException("the store's create-if-absent kept another writer's content");
        }
    }

    private static List<Integer> winners(List<Future<Boolean>> outcomes) throws InterruptedException {
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < outcomes.size(); writer++) {
            try {
                if (outcomes.get(writer).get()) {
                    winners.add(writer);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return winners;
    }

    private static byte[] content(int writer) {
        return ("writer " + writer).getBytes(StandardCharsets.UTF_8);
    }
}
