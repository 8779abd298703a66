package io.catwalk.local.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Fashion-MNIST's files (Xiao, Rasul, Vollgraf 2017). Packages differ in their gzip headers, so the digest is that of the
 * content.
 */
public enum FashionMnistFile {
    TRAIN_IMAGES("train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
    TRAIN_LABELS("train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
    TEST_IMAGES("t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
    TEST_LABELS("t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    private static final String GZIP = ".gz";

    private final String plainName;
    private final String sha256;

    FashionMnistFile(String plainName, String sha256) {
        this.plainName = plainName;
        this.sha256 = sha256;
    }

    /** What the content is called uncompressed. */
    public String plainName() {
        return plainName;
    }

    String gzipName() {
        return plainName + GZIP;
    }

    /** The file in a folder, compressed or plain. */
    Optional<Path> in(Path folder) {
        return Stream.of(gzipName(), plainName)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The content, inflated if need be; to be closed by the caller. */
    public InputStream open(Path folder) throws IOException {
        Path file = in(folder).orElseThrow(() -> new IOException(folder + " holds no " + gzipName()));
        InputStream raw = Files.newInputStream(file);
        try {
            return file.toString().endsWith(GZIP) ? new GZIPInputStream(raw, 64 * 1024) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** What is wrong with the file in a folder, or nothing. */
    Optional<String> fault(Path folder) {
        if (in(folder).isEmpty()) {
            return Optional.of(folder + " holds no " + gzipName());
        }
        try {
            String found = digest(folder);
            return found.equals(sha256)
                    ? Optional.empty()
                    : Optional.of(
                            "%s in %s has content sha256 %s, must be %s".formatted(plainName, folder, found, sha256));
        } catch (IOException e) {
            return Optional.of("%s in %s can't be read: %s".formatted(plainName, folder, e.getMessage()));
        }
    }

    private String digest(Path folder) throws IOException {
        try (var content = new DigestInputStream(open(folder), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
