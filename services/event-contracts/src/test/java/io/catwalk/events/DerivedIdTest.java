package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DerivedIdTest {
    @Property(tries = 300)
    void isAName(@ForAll String source, @ForAll String id) {
        assertThat(DerivedId.of(source, id)).matches("[a-z0-9][a-z0-9._-]{0,62}");
    }
}
