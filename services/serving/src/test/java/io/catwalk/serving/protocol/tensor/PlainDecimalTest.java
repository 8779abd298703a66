package io.catwalk.serving.protocol.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDecimalTest {
    @Test
    void everyByteAsClientsWriteIt() {
        for (int pixel = 0; pixel < 256; pixel++) {
            float value = pixel / 255f;
            assertThat(read(plain(value))).isEqualTo(value);
            assertThat(read(new BigDecimal(Double.toString(value)).toPlainString()))
                    .isEqualTo(value);
        }
        assertThat(read("0.003921568859368563")).isEqualTo(1 / 255f);
    }

    @Property
    void readsWhatItReadsAsParseFloat(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long digits,
            @ForAll @IntRange(max = 22) int decimals,
            @ForAll boolean negative) {
        String text = (negative ? "-" : "")
                + new BigDecimal(digits).movePointLeft(decimals).toPlainString();
        float value = read(text);
        if (!Float.isNaN(value)) {
            assertThat(value).isEqualTo(Float.parseFloat(text));
        }
    }

    @Property
    void nearHalfwayItReadsAsParseFloatOrNotAtAll(
            @ForAll @IntRange(min = 1, max = 4_000_000) int step, @ForAll @IntRange(min = -2, max = 2) int off) {
        float below = step / 4096f;
        BigDecimal halfway =
                new BigDecimal(below).add(new BigDecimal(Math.nextUp(below))).divide(BigDecimal.valueOf(2));
        String text = halfway.setScale(15, RoundingMode.HALF_EVEN)
                .add(BigDecimal.valueOf(off, 15))
                .toPlainString();
        float value = read(text);
        if (!Float.isNaN(value)) {
            assertThat(value).isEqualTo(Float.parseFloat(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "1", "255", "0.5", "-12.25", "0.59607846", "16777216", "0.019607843831181526"})
    void readsPlainNumbers(String text) {
        assertThat(read(text)).isEqualTo(Float.parseFloat(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16777217", "0.00000000000000000000001"})
    void leavesOthersToAParser(String text) {
        assertThat(read(text)).isNaN();
    }

    private static String plain(float value) {
        return new BigDecimal(Float.toString(value)).toPlainString();
    }

    private static float read(String text) {
        BigDecimal number = new BigDecimal(text);
        return PlainDecimal.of(
                number.unscaledValue().abs().longValueExact(), Math.max(0, number.scale()), text.startsWith("-"));
    }
}
