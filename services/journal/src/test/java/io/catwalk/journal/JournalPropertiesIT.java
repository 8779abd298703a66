package io.catwalk.journal;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class JournalPropertiesIT extends JournalProperties {
    JournalPropertiesIT() {
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
