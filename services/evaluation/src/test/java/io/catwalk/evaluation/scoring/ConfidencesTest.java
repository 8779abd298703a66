package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidencesTest {
    private static final Predictions PREDICTIONS =
            new Predictions(2, new float[] {.75f, .25f, .125f, .875f}, new int[] {0, 0});

    @Test
    void keepsTheProbabilityOfEachPredictedClass() {
        Confidences kept = Confidences.decode(Confidences.of(PREDICTIONS).encode());

        assertThat(kept.count()).isEqualTo(2);
        assertThat(kept.of(0)).isEqualTo(.75f);
        assertThat(kept.of(1)).isEqualTo(.875f);
    }

    @Test
    void isAnIdxFileOfFloats() {
        assertThat(Confidences.of(PREDICTIONS).encode())
                .containsExactly(0, 0, 13, 1, 0, 0, 0, 2, 0x3f, 0x40, 0, 0, 0x3f, 0x60, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000d01",
                "00000d010000000100",
                "00000d01000000013f4000003f400000",
                "00000801000000013f400000",
                "00000d01ffffffff",
                "00000d0140000001000000003f400000"
            })
    void refusesOtherBytes(String hex) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Confidences.decode(HexFormat.of().parseHex(hex)))
                .withMessage("not an IDX file of floats, of " + hex.length() / 2 + " bytes");
    }
}
