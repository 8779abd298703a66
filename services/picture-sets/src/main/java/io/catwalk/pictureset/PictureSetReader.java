package io.catwalk.pictureset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.picture.BadPictureException;
import io.catwalk.picture.PictureFile;
import io.catwalk.picture.PictureLimits;
import io.catwalk.picture.PictureShape;

/**
 * Reads an archive of pictures into a folder, one picture after the other. It takes one file and one picture of memory, and for each
 * picture of the set at most some 80 bytes, its path above all.
 */
public final class PictureSetReader {
    private final PictureLimits limits;
    private final long maxPixelBytes;

    /**
     * @param limits of each picture
     * @param maxPixelBytes of all images together
     */
    public PictureSetReader(PictureLimits limits, long maxPixelBytes) {
        this.limits = limits;
        this.maxPixelBytes = maxPixelBytes;
    }

    /**
     * @param folder for files as large as all images together; they are left to the caller
     * @throws BadDatasetException for an archive, labels or a share of unreadable files that are refused, with all reasons up to a limit
     * @throws IOException as the archive's source and the folder throw it
     */
    public PictureSet read(PictureArchive archive, Labels labels, PictureSetOptions options, Path folder)
            throws IOException {
        Unreadables unreadables = new Unreadables(options.skipUnreadable());
        Path pixels = folder.resolve("pixels");
        NameFile names = new NameFile(folder);
        PictureIndex index = new PictureIndex(folder);
        Reading reading = new Reading(options, unreadables, index);
        try (names;
                index;
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(pixels))) {
            PictureFiles files = new PictureFiles(archive, labels, unreadables);
            for (Optional<LabelledPicture> file = files.next(); file.isPresent(); file = files.next()) {
                reading.read(file.get(), names, out);
            }
        }
        unreadables.requireShare(index.size());
        List<String> classNames = reading.classes.sorted();
        index.renumberClasses(reading.classes.renumbering());
        StratifiedSplit.decide(index, classNames.size(), options.shares(), options.seed());
        PictureOrder order = new PictureOrder(index, options.seed());
        SetReport report = SetReport.of(index, classNames, Duplicates.of(index, names, order), unreadables);
        return new PictureSet(options.image(), pixels, classNames, index, order, report);
    }

    /** What is known after each picture. */
    private final class Reading {
        private final PictureShape shape;
        private final Unreadables unreadables;
        private final ClassNames classes = new ClassNames();
        private final PictureIndex index;

        Reading(PictureSetOptions options, Unreadables unreadables, PictureIndex index) {
            ImageDimensions image = options.image();
            this.shape = image.as(PictureShape::new);
            this.unreadables = unreadables;
            this.index = index;
        }

        void read(LabelledPicture file, NameFile names, OutputStream out) throws IOException {
            try (PictureFile picture = PictureFile.open(file.content(), limits)) {
                byte[] pixels = picture.fit(shape).pixels();
                requireRoom(pixels.length);
                index.add(
                        Key.of(pixels),
                        classes.number(file.label().name()),
                        file.label().split());
                names.add(file.name());
                out.write(pixels);
            } catch (BadPictureException e) {
                unreadables.add(file.name(), String.valueOf(e.getMessage()));
            }
        }

        private void requireRoom(int imageBytes) {
            if ((index.size() + 1L) * imageBytes > maxPixelBytes) {
                throw new BadDatasetException(
                        "more than %d pictures, each an image of %d bytes: a dataset may have %d bytes"
                                .formatted(index.size(), imageBytes, maxPixelBytes));
            }
        }
    }
}
