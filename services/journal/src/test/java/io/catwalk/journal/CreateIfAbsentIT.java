package io.catwalk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.CreateIfAbsentSelfTest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** What journals stand on, on the real store. */
class CreateIfAbsentIT {
    @BeforeAll
    static void startStore() {
        RealStore.start();
    }

    @AfterAll
    static void stopStore() {
        RealStore.stop();
    }

    @RepeatedTest(5)
    void isAtomic() throws Exception {
        ObjectStore store = RealStore.open();
        Name attempt = new Name(UUID.randomUUID().toString());

        new CreateIfAbsentSelfTest(store).run(attempt);

        assertThat(store.list(Artifacts.selfTest(attempt))).isEmpty();
    }
}
