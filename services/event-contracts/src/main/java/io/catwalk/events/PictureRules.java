package io.catwalk.events;

import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.dataset.v1.PictureOptions;
import io.catwalk.events.request.PictureRequest;

/** What the fields of a dataset request must be beside one another. */
final class PictureRules {
    private PictureRules() {}

    /**
     * @throws BadEventException for options of IDX files beside pictures, no archive or two, an upload without pictures, or shares that
     *     leave nothing to train on
     */
    static void check(DatasetRequested request) {
        DatasetSource source = request.getSource();
        if (!request.hasPictures()) {
            if (source.hasUpload()) {
                throw BadEventException.wrong(
                        "source.upload",
                        source.getUpload(),
                        "must be left out without pictures: IDX files aren't uploaded");
            }
            return;
        }
        checkArchive(source, request.getPictures().getArchive());
        if (request.getLabelNamesCount() > 0) {
            throw BadEventException.wrong(
                    "labelNames",
                    request.getLabelNamesList(),
                    "must be left out beside pictures, which name the classes");
        }
        if (request.hasValidationSize()) {
            throw BadEventException.wrong(
                    "validationSize",
                    request.getValidationSize(),
                    "must be left out beside pictures, which have a validationShare");
        }
        checkShares(request.getPictures());
    }

    private static void checkArchive(DatasetSource source, String archive) {
        if (source.hasUpload() && !archive.isEmpty()) {
            throw BadEventException.wrong(
                    "pictures.archive", archive, "must be left out beside source.upload, which is the archive");
        }
        if (!source.hasUpload() && !source.hasStorePrefix() && archive.isEmpty()) {
            throw BadEventException.missing(
                    "pictures.archive", SourcePlaces.fileName().expectation());
        }
    }

    private static void checkShares(PictureOptions pictures) {
        double validation = PictureRequest.validationShare(pictures);
        double test = PictureRequest.testShare(pictures);
        if (!(validation + test < 1)) {
            throw BadEventException.wrong(
                    "pictures.validationShare", validation, "must be below 1 together with the testShare of " + test);
        }
    }
}
