package io.catwalk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.TensorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class TensorSpecConverterTest {
    private final TensorSpecConverter converter = new TensorSpecConverter();

    @Test
    void readsNameDatatypeAndShape() {
        assertThat(converter.convert("images:FP32:-1,28,28,1"))
                .isEqualTo(new TensorSpec("images", Datatype.FP32, List.of(-1L, 28L, 28L, 1L)));
        assertThat(converter.convert("input:0:INT64:3"))
                .isEqualTo(new TensorSpec("input:0", Datatype.INT64, List.of(3L)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    images         | must be NAME:DATATYPE:SHAPE, not 'images'
                    :FP32:1        | must be NAME:DATATYPE:SHAPE, not ':FP32:1'
                    images:FP31:1  | the datatype must be one of
                    images:FP32:0  | the shape must be sizes from 1, or -1 for any, not '0'
                    images:FP32:1, | the shape must be sizes from 1, or -1 for any, not '1,'
                    images:FP32:   | the shape must be sizes from 1, or -1 for any, not ''
                    """)
    void namesTheFault(String text, String message) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith(message);
    }
}
