package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;

/** What a dataset request may ask for. Whether the service may read that place is decided there. */
final class DatasetRequestRules {
    private static final Descriptor REQUEST = DatasetRequested.getDescriptor();
    private static final Descriptor CANCEL = DatasetCancelRequested.getDescriptor();

    static final PayloadRules RULES = PayloadRules.of(
            optional(REQUEST, "ingestion_id", FieldValue.name()),
            required(REQUEST, "dataset", FieldValue.name()),
            required(REQUEST, "source", onePlace()),
            optional(REQUEST, "source.folder", SourcePlaces.folder()),
            optional(REQUEST, "source.store_prefix", SourcePlaces.storePrefix()),
            optional(REQUEST, "source.url", SourcePlaces.url()),
            optional(REQUEST, "label_names", FieldValue.texts(2, 256, 64)),
            optional(REQUEST, "validation_size", FieldValue.whole(1, 100_000_000)),
            optional(REQUEST, "deadline", FieldValue.deadline()));

    static final PayloadRules CANCEL_RULES = PayloadRules.of(
            required(CANCEL, "ingestion_id", FieldValue.name()), optional(CANCEL, "reason", FieldValue.text(1024)));

    private DatasetRequestRules() {}

    private static FieldValue onePlace() {
        return new FieldValue(
                source -> ((DatasetSource) source).getPlaceCase() != DatasetSource.PlaceCase.PLACE_NOT_SET,
                "must name one of folder, storePrefix and url");
    }
}
