package io.catwalk.ingestion.catalogue;

import java.util.Optional;

import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventType;
import io.catwalk.events.RequestDigest;
import io.catwalk.ingestion.IngestionConfig.CatalogueEntry;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/**
 * An entry of the catalogue as a request: the same entry is the same request at each start.
 *
 * @param request without an id
 */
record CatalogueRequest(DatasetRequested request) {
    private static final int LONGEST_NAME_IN_ID = 32;
    private static final int HEX_DIGITS = 12;

    /** @throws BadEventException for an entry that no request could make */
    CatalogueRequest {
        EventType.DATASET_REQUESTED.check(request);
    }

    /**
     * Empty for an entry without a place.
     *
     * @throws IllegalArgumentException for one with several
     * @throws BadEventException for one that no request could make
     */
    static Optional<CatalogueRequest> of(String name, CatalogueEntry entry) {
        return source(name, entry).map(source -> {
            DatasetRequested.Builder request =
                    DatasetRequested.newBuilder().setDataset(name).setSource(source);
            entry.labelNames().ifPresent(request::addAllLabelNames);
            entry.validationSize().ifPresent(request::setValidationSize);
            return new CatalogueRequest(request.build());
        });
    }

    String dataset() {
        return request.getDataset();
    }

    /** As {@code catalogue-fashion-mnist-0123456789ab}, and {@code ….2} for a second attempt. */
    Name id(int attempt) {
        String dataset = dataset().substring(0, Math.min(dataset().length(), LONGEST_NAME_IN_ID));
        String hash = Digest.parse(RequestDigest.of(request)).hex().substring(0, HEX_DIGITS);
        return new Name("catalogue-" + dataset + "-" + hash + (attempt == 1 ? "" : "." + attempt));
    }

    DatasetRequested named(Name id) {
        return request.toBuilder().setIngestionId(id.value()).build();
    }

    private static Optional<DatasetSource> source(String name, CatalogueEntry entry) {
        DatasetSource.Builder source = DatasetSource.newBuilder();
        int places = 0;
        if (entry.folder().isPresent()) {
            source.setFolder(entry.folder().get());
            places++;
        }
        if (entry.storePrefix().isPresent()) {
            source.setStorePrefix(entry.storePrefix().get());
            places++;
        }
        if (entry.url().isPresent()) {
            source.setUrl(entry.url().get());
            places++;
        }
        if (places > 1) {
            throw new IllegalArgumentException("catwalk.ingestion.catalogue." + name + " has " + places
                    + " places, must have one of folder, store-prefix and url");
        }
        return places == 0 ? Optional.empty() : Optional.of(source.build());
    }
}
