package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictedClassesTest {
    @Property(tries = 200)
    void readsWhatItWrote(@ForAll List<@IntRange(max = 255) Integer> classes) {
        PredictedClasses predicted = new PredictedClasses(classes);
        assertThat(PredictedClasses.decode(predicted.encode())).isEqualTo(predicted);
    }

    @Test
    void isAnIdxFileOfLabels() {
        assertThat(new PredictedClasses(List.of(3, 255)).encode())
                .containsExactly(0, 0, 8, 1, 0, 0, 0, 2, 3, (byte) 255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000801",
                "0000080100000002ff",
                "000008010000000102ff",
                "0000080300000001ff",
                "00000801ffffffff"
            })
    void refusesOtherBytes(String hex) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictedClasses.decode(HexFormat.of().parseHex(hex)))
                .withMessage("not an IDX file of labels, of " + hex.length() / 2 + " bytes");
    }

    @Test
    void refusesAClassThatIsNoByte() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PredictedClasses(List.of(1, 256)))
                .withMessage("predicted class: 256, must be 0 to 255");
    }
}
