package io.catwalk.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.StreamReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifTiffHandler;

/**
 * How to rotate or mirror a stored picture to be upright. Source: Exif 2.32, tag Orientation (274).
 *
 * @param transposed whether its rows are the upright picture's columns
 * @param fromLast whether its last line, row or column, is the upright picture's first row
 * @param reversed whether each line's last pixel is the leftmost
 */
record Orientation(boolean transposed, boolean fromLast, boolean reversed) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** By the tag's values, from 1 on. */
    private static final List<Orientation> BY_VALUE = List.of(
            UPRIGHT,
            new Orientation(false, false, true),
            new Orientation(false, true, true),
            new Orientation(false, true, false),
            new Orientation(true, false, false),
            new Orientation(true, false, true),
            new Orientation(true, true, true),
            new Orientation(true, true, false));

    /** As a JPEG's Exif segment says; upright if none does. */
    static Orientation ofJpeg(byte[] content) {
        try {
            return of(JpegMetadataReader.readMetadata(new ByteArrayInputStream(content), Set.of(new ExifReader())));
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    /** As a PNG's chunk eXIf says; upright if none does. */
    static Orientation ofPng(byte[] content) {
        try {
            return exif(content).stream()
                    .map(chunk -> ofTiff(chunk.getBytes()))
                    .filter(orientation -> !orientation.equals(UPRIGHT))
                    .findFirst()
                    .orElse(UPRIGHT);
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    /** As an Exif block says, which is a TIFF structure; upright if it doesn't. */
    static Orientation ofTiff(byte[] exif) {
        try {
            Metadata metadata = new Metadata();
            new TiffReader().processTiff(new ByteArrayReader(exif), new ExifTiffHandler(metadata, null, 0), 0);
            return of(metadata);
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    /** Other chunks are ignored: some are compressed, and the library inflates them without a bound. */
    private static Collection<PngChunk> exif(byte[] content) throws ImageProcessingException, IOException {
        StreamReader chunks = new StreamReader(new ByteArrayInputStream(content));
        return List.copyOf((Collection<PngChunk>) new PngChunkReader().extract(chunks, Set.of(PngChunkType.eXIf)));
    }

    private static Orientation of(Metadata metadata) {
        return metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
                .flatMap(directory ->
                        Optional.ofNullable(directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION)).stream())
                .filter(value -> value >= 1 && value <= BY_VALUE.size())
                .findFirst()
                .map(value -> BY_VALUE.get(value - 1))
                .orElse(UPRIGHT);
    }
}
