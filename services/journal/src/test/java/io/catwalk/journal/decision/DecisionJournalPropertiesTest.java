package io.catwalk.journal.decision;

import java.time.InstantSource;

import io.catwalk.objectstore.InMemoryObjectStore;

class DecisionJournalPropertiesTest extends DecisionJournalProperties {
    DecisionJournalPropertiesTest() {
        super(new InMemoryObjectStore(InstantSource.system()));
    }
}
