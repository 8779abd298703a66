package io.catwalk.chassis.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** When the store last answered a call of this process, whatever the call was for. */
@Singleton
class StoreAnswers {
    private final AtomicReference<@Nullable Long> newest = new AtomicReference<>();
    private final LongSupplier nanoTime;

    StoreAnswers() {
        this(System::nanoTime);
    }

    StoreAnswers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call was answered, be it that there is no such object. */
    void heard() {
        newest.set(nanoTime.getAsLong());
    }

    /** Whether a call was answered after a time. */
    boolean since(long time) {
        Long heard = newest.get();
        return heard != null && heard - time > 0;
    }
}
