package io.catwalk.journal.line;

import java.time.InstantSource;

import io.catwalk.objectstore.InMemoryObjectStore;

class LinePropertiesTest extends LineProperties {
    LinePropertiesTest() {
        super(new InMemoryObjectStore(InstantSource.system()));
    }
}
