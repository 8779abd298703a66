package io.catwalk.serving.drift;

import java.io.IOException;
import java.util.Optional;

import io.catwalk.drift.ReferenceProfile;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.serving.registry.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions' profiles in the bucket. */
final class Profiles implements DriftWatch.ProfileSource {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    /** Far above 256 classes. */
    private static final int MAX_BYTES = 1 << 20;

    private final Blobs blobs;

    Profiles(Blobs blobs) {
        this.blobs = blobs;
    }

    @Override
    public Optional<ReferenceProfile> read(ModelVersion version, Digest digest) {
        try {
            ReferenceProfile profile = ReferenceProfile.read(blobs.read(digest, MAX_BYTES));
            if (profile.predicted().size() == version.labelNames().size()) {
                return Optional.of(profile);
            }
            LOG.error("{} is watched for no drift: its profile {} is of other classes", version, digest);
        } catch (CorruptBlobException | ObjectTooLargeException | IOException e) {
            LOG.error("{} is watched for no drift: its profile {} can't be used: {}", version, digest, e.getMessage());
        }
        return Optional.empty();
    }
}
