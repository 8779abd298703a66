package io.catwalk.events.request;

import java.util.List;

import io.catwalk.dataset.v1.DatasetRequested;

/**
 * A dataset request with its default applied.
 *
 * @param dataset the name that the dataset gets
 * @param labelNames what the class numbers stand for, in order; empty where the numbers are the names
 * @param validationSize how many of the first training images become the validation set
 */
public record IngestionRequest(
        String ingestionId, String dataset, DatasetPlace place, List<String> labelNames, int validationSize) {
    public static final int DEFAULT_VALIDATION_SIZE = 5000;

    public IngestionRequest {
        labelNames = List.copyOf(labelNames);
    }

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static IngestionRequest from(DatasetRequested request, String ingestionId) {
        return new IngestionRequest(
                ingestionId,
                request.getDataset(),
                DatasetPlace.from(request.getSource()),
                request.getLabelNamesList(),
                request.hasValidationSize() ? request.getValidationSize() : DEFAULT_VALIDATION_SIZE);
    }
}
