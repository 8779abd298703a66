package io.catwalk.conformance;

import java.util.Arrays;
import java.util.List;

import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.TensorSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code NAME:DATATYPE:SHAPE}, as {@code images:FP32:-1,28,28,1}; a name may hold colons. */
final class TensorSpecConverter implements ITypeConverter<TensorSpec> {
    @Override
    public TensorSpec convert(String text) {
        int shapeAt = text.lastIndexOf(':');
        int typeAt = text.lastIndexOf(':', shapeAt - 1);
        if (typeAt < 1) {
            throw new TypeConversionException("must be NAME:DATATYPE:SHAPE, not '" + text + "'");
        }
        String type = text.substring(typeAt + 1, shapeAt);
        Datatype datatype = Datatype.named(type)
                .orElseThrow(() -> new TypeConversionException(
                        "the datatype must be one of " + Arrays.toString(Datatype.values()) + ", not '" + type + "'"));
        return new TensorSpec(text.substring(0, typeAt), datatype, shape(text.substring(shapeAt + 1)));
    }

    private static List<Long> shape(String text) {
        try {
            List<Long> shape =
                    Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
            if (shape.stream().allMatch(size -> size == -1 || size > 0)) {
                return shape;
            }
        } catch (NumberFormatException e) {
            // Below, as for a size out of range.
        }
        throw new TypeConversionException("the shape must be sizes from 1, or -1 for any, not '" + text + "'");
    }
}
