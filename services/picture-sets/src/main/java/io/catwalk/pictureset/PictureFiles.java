package io.catwalk.pictureset;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

import io.catwalk.dataset.BadDatasetException;

/** An archive's pictures with their labels, in its order; what isn't one is left out or noted as unreadable. */
final class PictureFiles {
    private final PictureArchive archive;
    private final Labels labels;
    private final Unreadables unreadables;
    /** By path as a file system may see it. */
    private final KeyTable seen = new KeyTable();

    PictureFiles(PictureArchive archive, Labels labels, Unreadables unreadables) {
        this.archive = archive;
        this.labels = labels;
        this.unreadables = unreadables;
    }

    /**
     * @return empty after the last
     * @throws BadDatasetException for an archive that is damaged or over a limit
     * @throws IOException as the archive's source throws it
     */
    Optional<LabelledPicture> next() throws IOException {
        for (Optional<ArchiveEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            Optional<LabelledPicture> picture = switch (entry.get()) {
                case ArchiveEntry.Read read -> labelled(read);
                case ArchiveEntry.Unreadable(String name, String reason) -> {
                    unreadables.add(name, reason);
                    yield Optional.empty();
                }
            };
            if (picture.isPresent()) {
                return picture;
            }
        }
        labels.requireAll();
        return Optional.empty();
    }

    private Optional<LabelledPicture> labelled(ArchiveEntry.Read entry) {
        EntryPath path = entry.path();
        if (path.isBeside()) {
            return Optional.empty();
        }
        try {
            Optional<Label> label = labels.of(path);
            if (label.isPresent()) {
                requireFirst(path);
            }
            return label.map(known -> new LabelledPicture(entry.name(), known, entry.content()));
        } catch (BadDatasetException e) {
            unreadables.add(entry.name(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void requireFirst(EntryPath path) {
        OptionalInt before = seen.putIfAbsent(Key.of(path.folded()), seen.size());
        if (before.isPresent()) {
            throw new BadDatasetException(
                    "its path is that of an earlier file, or differs from it in upper and lower case alone");
        }
    }
}
