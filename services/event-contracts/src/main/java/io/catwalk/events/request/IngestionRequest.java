package io.catwalk.events.request;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.v1.DatasetRequested;

/**
 * A dataset request with its defaults applied, but for the deadline, whose default is the service's.
 *
 * @param dataset the name that the dataset gets
 * @param labelNames what the class numbers stand for, in order; empty where the numbers are the names
 * @param validationSize how many of the first training images become the validation set
 * @param pictures how pictures become the dataset; empty for IDX files
 * @param deadline from the acceptance on; empty for the service's default
 */
public record IngestionRequest(
        String ingestionId,
        String dataset,
        DatasetPlace place,
        List<String> labelNames,
        int validationSize,
        Optional<PictureRequest> pictures,
        Optional<Duration> deadline) {
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
                request.hasValidationSize() ? request.getValidationSize() : DEFAULT_VALIDATION_SIZE,
                request.hasPictures()
                        ? Optional.of(PictureRequest.from(request.getPictures(), request.getSource()))
                        : Optional.empty(),
                deadline(request));
    }

    private static Optional<Duration> deadline(DatasetRequested request) {
        return request.hasDeadline()
                ? Optional.of(Duration.ofSeconds(
                        request.getDeadline().getSeconds(),
                        request.getDeadline().getNanos()))
                : Optional.empty();
    }
}
