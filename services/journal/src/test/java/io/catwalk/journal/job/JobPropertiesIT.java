package io.catwalk.journal.job;

import io.catwalk.journal.RealStore;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class JobPropertiesIT extends JobProperties {
    JobPropertiesIT() {
        super(RealStore.open());
    }

    @BeforeContainer
    static void startStore() {
        RealStore.start();
    }

    @AfterContainer
    static void stopStore() {
        RealStore.stop();
    }
}
