package io.catwalk.ingestion;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Pictures that a test makes: two classes that are easy to tell apart, dark and light. */
public final class MadePictures {
    private MadePictures() {}

    /** By their paths, {@code dark/0.png} and so on: as many of each class, each unlike the others. */
    public static Map<String, byte[]> files(int perClass, int side, long seed) {
        Random random = new Random(seed);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int number = 0; number < perClass; number++) {
            files.put("dark/" + number + ".png", png(side, 0, random));
            files.put("light/" + number + ".png", png(side, 128, random));
        }
        return files;
    }

    public static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }

    public static Path write(Path folder, String name, byte[] archive) {
        try {
            return Files.write(Files.createDirectories(folder).resolve(name), archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] png(int side, int lowest, Random random) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                picture.getRaster().setSample(column, row, 0, lowest + random.nextInt(128));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
