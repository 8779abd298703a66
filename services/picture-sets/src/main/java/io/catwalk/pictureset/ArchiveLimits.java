package io.catwalk.pictureset;

/**
 * What an archive may hold.
 *
 * @param maxEntries files, folders and links together
 * @param maxBytes of all content, unpacked
 * @param maxEntryBytes of one file, unpacked
 * @param maxRatio of what is unpacked to what the archive has for it; the first MiB is free
 */
public record ArchiveLimits(int maxEntries, long maxBytes, int maxEntryBytes, int maxRatio) {
    public ArchiveLimits {
        if (maxEntries < 1 || maxBytes < 1 || maxEntryBytes < 1 || maxRatio < 1) {
            throw new IllegalArgumentException("each limit must be at least 1, not " + maxEntries + ", " + maxBytes
                    + ", " + maxEntryBytes + " and " + maxRatio);
        }
    }
}
