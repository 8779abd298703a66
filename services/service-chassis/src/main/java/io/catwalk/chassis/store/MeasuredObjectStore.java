package io.catwalk.chassis.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.catwalk.chassis.store.StoreMetrics.Operation;
import io.catwalk.chassis.store.StoreMetrics.Outcome;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;

/** A bucket whose calls are measured, and whose answers are noticed. The time on its clock isn't: it rarely needs a call. */
final class MeasuredObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final StoreMetrics metrics;
    private final StoreAnswers answers;
    private final LongSupplier nanoTime;

    MeasuredObjectStore(ObjectStore store, StoreMetrics metrics, StoreAnswers answers, LongSupplier nanoTime) {
        this.store = store;
        this.metrics = metrics;
        this.answers = answers;
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        return measured(Operation.READ, () -> store.read(key, maxBytes), MeasuredObjectStore::found);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return measured(Operation.OPEN, () -> store.open(key), MeasuredObjectStore::found);
    }

    @Override
    public Optional<byte[]> readPart(ObjectKey key, long offset, int length) {
        return measured(Operation.READ, () -> store.readPart(key, offset, length), MeasuredObjectStore::found);
    }

    @Override
    public boolean exists(ObjectKey key) {
        return measured(Operation.EXISTS, () -> store.exists(key), there -> there ? Outcome.OK : Outcome.ABSENT);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        measured(Operation.PUT, () -> store.put(key, content));
    }

    @Override
    public void put(ObjectKey key, Path file, IntConsumer advanced) {
        measured(Operation.PUT, () -> store.put(key, file, advanced));
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        return measured(
                Operation.CREATE,
                () -> store.createIfAbsent(key, content),
                created -> created ? Outcome.OK : Outcome.PRESENT);
    }

    @Override
    public void delete(ObjectKey key) {
        measured(Operation.DELETE, () -> store.delete(key));
    }

    @Override
    public Runnable deletion(ObjectKey key, Duration within) {
        Runnable deletion = store.deletion(key, within);
        return () -> measured(Operation.DELETE, deletion);
    }

    @Override
    public List<ObjectSummary> list(Folder folder) {
        return measured(Operation.LIST, () -> store.list(folder), listed -> Outcome.OK);
    }

    @Override
    public List<ObjectSummary> list(Folder folder, String after, int limit) {
        return measured(Operation.LIST, () -> store.list(folder, after, limit), listed -> Outcome.OK);
    }

    @Override
    public List<String> listFolders(Folder folder) {
        return measured(Operation.LIST_FOLDERS, () -> store.listFolders(folder), listed -> Outcome.OK);
    }

    @Override
    public Instant time() {
        return store.time();
    }

    private void measured(Operation operation, Runnable call) {
        measured(
                operation,
                () -> {
                    call.run();
                    return operation;
                },
                done -> Outcome.OK);
    }

    private <T> T measured(Operation operation, Supplier<T> call, Function<T, Outcome> outcome) {
        long started = nanoTime.getAsLong();
        T answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            record(operation, failure(e), started);
            throw e;
        }
        answers.heard();
        record(operation, outcome.apply(answer), started);
        return answer;
    }

    private void record(Operation operation, Outcome outcome, long started) {
        metrics.record(operation, outcome, Duration.ofNanos(nanoTime.getAsLong() - started));
    }

    private static Outcome found(Optional<?> object) {
        return object.isPresent() ? Outcome.OK : Outcome.ABSENT;
    }

    private static Outcome failure(RuntimeException e) {
        return switch (e) {
            case StoreUnavailableException unavailable ->
                Thread.currentThread().isInterrupted() ? Outcome.INTERRUPTED : Outcome.UNAVAILABLE;
            case StoreRefusedException refused -> Outcome.REFUSED;
            case ObjectTooLargeException large -> Outcome.TOO_LARGE;
            default -> Outcome.DEFECT;
        };
    }
}
