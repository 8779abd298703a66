package io.catwalk.pictureset;

/** A file of an archive, read or not. */
public sealed interface ArchiveEntry {
    /** As errors and reports show it: its path, or what can be shown of it. */
    String name();

    /**
     * One that could be read.
     *
     * @param path where it lies
     * @param content which the archive leaves to its receiver
     */
    record Read(EntryPath path, byte[] content) implements ArchiveEntry {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /** @param reason why it can't be read */
    record Unreadable(String name, String reason) implements ArchiveEntry {}
}
