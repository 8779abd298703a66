package io.catwalk.journal.job;

import io.catwalk.journal.RealStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JobIndexIT extends JobIndexContract {
    JobIndexIT() {
        super(RealStore.open());
    }

    @BeforeAll
    static void startStore() {
        RealStore.start();
    }

    @AfterAll
    static void stopStore() {
        RealStore.stop();
    }
}
