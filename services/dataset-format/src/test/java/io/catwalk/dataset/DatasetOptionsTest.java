package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

class DatasetOptionsTest {
    @Test
    void acceptsNamesInAnyScriptOrNone() {
        assertThat(new DatasetOptions(List.of("お", "き"), 1).labelNames()).containsExactly("お", "き");
        assertThat(new DatasetOptions(List.of(), 1).labelNames()).isEmpty();
    }

    @Test
    void refusesAmbiguousNames() {
        refused(List.of("one"), "label names has 1 entries, must have 2 to 256");
        refused(Collections.nCopies(257, "x"), "label names has 257 entries, must have 2 to 256");
        refused(List.of("a", "b", "a"), "label name 2 is a, as one before it");
        refused(List.of("a", " "), "label name 1 is blank");
    }

    @Test
    void refusesAnEmptyValidationSet() {
        assertThatThrownBy(() -> new DatasetOptions(List.of(), 0))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("validation size is 0, must be at least 1");
    }

    private static void refused(List<String> names, String message) {
        assertThatThrownBy(() -> new DatasetOptions(names, 1))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage(message);
    }
}
