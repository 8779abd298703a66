package io.catwalk.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    @ParameterizedTest
    @CsvSource({
        "3.0E-4, 0.0003",
        "0.000001, 0.000001",
        "1.5E-9, 1.5E-9",
        "64, 64",
        "6400, 6400",
        "1E3, 1000",
        "0.0, 0",
        "-0.50, -0.5",
        "'\"adam\"', adam",
        "true, true",
        "'[1,2]', '[1,2]'",
        "null, –"
    })
    void aNumberIsWrittenAsPeopleWriteIt(String json, String shown) throws JsonProcessingException {
        assertThat(Formats.number(JsonValues.plain(new ObjectMapper().readTree(json))))
                .isEqualTo(shown);
        assertThat(Formats.number(new ObjectMapper().readTree(json))).isEqualTo(shown);
    }

    @Test
    void aPinnedDatasetHasTheStartOfItsDigest() {
        assertThat(Formats.pinned("fashion-mnist@sha256:" + "4c78d2bbc4f0".repeat(5) + "4c78"))
                .isEqualTo("fashion-mnist@4c78d2bbc4f0");
        assertThat(Formats.pinned("fashion-mnist")).isEqualTo("fashion-mnist");
        assertThat(Formats.pinned(null)).isEqualTo("–");
    }
}
