package io.catwalk.journal;

import java.time.InstantSource;

import io.catwalk.objectstore.InMemoryObjectStore;

class JournalPropertiesTest extends JournalProperties {
    JournalPropertiesTest() {
        super(new InMemoryObjectStore(InstantSource.system()));
    }
}
