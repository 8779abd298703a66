package io.catwalk.ingestion.job;

import io.catwalk.picture.PictureLimits;
import io.catwalk.pictureset.ArchiveLimits;

/**
 * How large what is made of pictures may be.
 *
 * @param maxArchiveBytes of an archive, as it comes
 * @param archive what it may hold
 * @param picture of one picture
 * @param maxDatasetBytes of all images together
 */
record PictureIntakeLimits(long maxArchiveBytes, ArchiveLimits archive, PictureLimits picture, long maxDatasetBytes) {}
