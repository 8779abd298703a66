package io.catwalk.journal.decision;

import io.catwalk.journal.RealStore;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class DecisionJournalPropertiesIT extends DecisionJournalProperties {
    DecisionJournalPropertiesIT() {
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
