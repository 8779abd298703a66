package io.catwalk.serving.loading;

import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineLoader;
import io.catwalk.serving.engine.UnusableModelException;
import io.catwalk.serving.registry.ModelVersion;

/** Engines from the store's archives. */
final class ArchiveEngineSource implements EngineSource {
    private final ModelArchives archives;
    private final EngineLoader engines;

    ArchiveEngineSource(ModelArchives archives, EngineLoader engines) {
        this.archives = archives;
        this.engines = engines;
    }

    @Override
    public Engine open(ModelVersion version) {
        try {
            return archives.load(version.digest(), engines::load);
        } catch (UnusableArchiveException e) {
            throw new UnusableModelException(e.getMessage(), e);
        }
    }
}
