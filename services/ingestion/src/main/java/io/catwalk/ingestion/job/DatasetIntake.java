package io.catwalk.ingestion.job;

import java.io.IOException;
import java.nio.file.Path;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.ingestion.job.IngestionProgress.Phase;
import io.catwalk.ingestion.source.SourceRefusedException;
import io.catwalk.ingestion.source.Sources;
import io.catwalk.pictureset.SetReport;

/** Brings what a request names from its source into a folder, as a checked dataset. */
final class DatasetIntake {
    private final Sources sources;
    private final DatasetReader idx;
    private final PictureIntake pictures;

    DatasetIntake(Sources sources, DatasetReader idx, PictureIntake pictures) {
        this.sources = sources;
        this.idx = idx;
        this.pictures = pictures;
    }

    /**
     * @param folder for files of its own, which may hold those of an earlier reading
     * @throws BadDatasetException for content that is no dataset
     * @throws SourceRefusedException when the source will never give one
     * @throws IOException when the source can't be read now
     */
    ReadDataset read(IngestionRequest request, IngestionProgress progress, Path folder) throws IOException {
        progress.begin(Phase.READING);
        if (request.pictures().isPresent()) {
            var asked = request.pictures().get();
            return pictures.read(asked, sources.pictures(request.place(), asked.archive()), progress, folder);
        }
        StagedDataset dataset = idx.read(
                sources.files(request.place()).map((kind, source) -> progress.watched(source)),
                new DatasetOptions(request.labelNames(), request.validationSize()),
                folder);
        return new ReadDataset(dataset, SetReport.of(dataset, folder));
    }
}
