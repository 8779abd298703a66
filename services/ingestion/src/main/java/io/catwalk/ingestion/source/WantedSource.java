package io.catwalk.ingestion.source;

import java.util.Optional;

import io.catwalk.events.request.DatasetPlace;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.events.request.PictureRequest;

/**
 * What a request looks for.
 *
 * @param place where
 * @param isPictures whether it is pictures, or else the four IDX files
 * @param archive the file name of the pictures' archive, if they are in one
 */
public record WantedSource(DatasetPlace place, boolean isPictures, Optional<String> archive) {
    public static WantedSource of(IngestionRequest request) {
        return new WantedSource(
                request.place(),
                request.pictures().isPresent(),
                request.pictures().flatMap(PictureRequest::archive));
    }
}
