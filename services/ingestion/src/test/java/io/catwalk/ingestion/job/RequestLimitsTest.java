package io.catwalk.ingestion.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.events.EventType;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.limits.v1.FieldLimits;
import io.catwalk.limits.v1.LimitsProto;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the limits in {@code proto} allow, {@link DatasetOptions} accept. */
class RequestLimitsTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestAtItsLimitsHasOptions(boolean highest) {
        var size = limits(DatasetRequested.VALIDATION_SIZE_FIELD_NUMBER).getInteger();
        var names = limits(DatasetRequested.LABEL_NAMES_FIELD_NUMBER).getTexts();
        String name = "n".repeat(names.getMaxLength() - 3);
        DatasetRequested request = DatasetRequested.newBuilder()
                .setDataset("d")
                .setSource(DatasetSource.newBuilder().setFolder("/f"))
                .setValidationSize((int) (highest ? size.getMax() : size.getMin()))
                .addAllLabelNames(IntStream.range(0, highest ? names.getMaxCount() : names.getMinCount())
                        .mapToObj(index -> highest ? "%s%03d".formatted(name, index) : Integer.toString(index))
                        .toList())
                .build();
        EventType.DATASET_REQUESTED.check(request);

        IngestionRequest asked = IngestionRequest.from(request, "i");
        assertThat(new DatasetOptions(asked.labelNames(), asked.validationSize()).labelNames())
                .isEqualTo(request.getLabelNamesList());
    }

    private static FieldLimits limits(int number) {
        return DatasetRequested.getDescriptor()
                .findFieldByNumber(number)
                .getOptions()
                .getExtension(LimitsProto.field);
    }
}
