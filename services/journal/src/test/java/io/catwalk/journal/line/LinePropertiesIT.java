package io.catwalk.journal.line;

import io.catwalk.journal.RealStore;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class LinePropertiesIT extends LineProperties {
    LinePropertiesIT() {
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
