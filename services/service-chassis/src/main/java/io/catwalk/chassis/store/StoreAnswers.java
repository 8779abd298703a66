package io.catwalk.chassis.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** When the store last answered a call of this process, whatever the call was for. */
@Singleton
public class StoreAnswers {
    private final AtomicReference<@Nullable Long> newest = new AtomicReference<>();
    private final LongSupplier nanoTime;

    public StoreAnswers() {
        this(System::nanoTime);
    }

    public StoreAnswers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call was answered, be it that there is no such object. */
    public void heard() {
        newest.set(nanoTime.getAsLong());
    }

    /** Whether a call was answered after a time. */
    public boolean since(long time) {
        Long heard = newest.get();
        return heard != null && heard - time > 0;
    }
}
