package io.catwalk.chassis.reading;

import java.util.function.Function;
import java.util.function.Supplier;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.events.BadEventException;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import org.slf4j.LoggerFactory;

/**
 * The outcome of reading something from the bucket: it may be damaged, of a later release, or too large.
 *
 * @param <T> what it is read as
 */
public sealed interface Reading<T> {
    /** It could be read. */
    record Readable<T>(T value) implements Reading<T> {}

    /**
     * It can't.
     *
     * @param reason for people
     */
    record Unreadable<T>(String reason) implements Reading<T> {}

    /**
     * Reads something.
     *
     * @throws StoreUnavailableException as the store threw it
     * @throws StoreRefusedException as the store threw it
     */
    static <T> Reading<T> of(Supplier<T> source) {
        try {
            return new Readable<>(source.get());
        } catch (StoreUnavailableException | StoreRefusedException | WebApplicationException e) {
            throw e;
        } catch (UnknownEntryException | ObjectTooLargeException | BadEventException | IllegalArgumentException e) {
            return new Unreadable<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Unreadable<>(ErrorCategory.shown(e, LoggerFactory.getLogger(Reading.class)));
        }
    }

    /** What was read, or what stands for it. */
    default T orElse(Function<String, T> standIn) {
        return switch (this) {
            case Readable<T>(T value) -> value;
            case Unreadable<T>(String reason) -> standIn.apply(reason);
        };
    }
}
