package io.catwalk.journal.job;

import java.time.InstantSource;

import io.catwalk.objectstore.InMemoryObjectStore;

class JobPropertiesTest extends JobProperties {
    JobPropertiesTest() {
        super(new InMemoryObjectStore(InstantSource.system()));
    }
}
