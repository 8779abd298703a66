package io.catwalk.chassis.readiness;

import java.time.Duration;
import java.time.InstantSource;

import io.catwalk.chassis.store.StoreAnswers;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.quarkus.runtime.StartupEvent;

/** Store checks for tests of what waits for one. */
public final class StoreChecks {
    private StoreChecks() {}

    /** Of a store that answers. */
    public static StoreCheck passing() {
        StoreCheck check = new StoreCheck(
                new InMemoryObjectStore(InstantSource.system()), new StoreAnswers(), Duration.ofMinutes(1));
        check.start(new StartupEvent());
        return check;
    }
}
