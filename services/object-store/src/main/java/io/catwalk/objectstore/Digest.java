package io.catwalk.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, written {@code sha256:<64 lower-case hex digits>}.
 *
 * @param hex the 64 digits
 */
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException for anything but 64 lower-case hex digits */
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a digest must be sha256:<64 lower-case hex digits>");
        }
    }

    /** @throws IllegalArgumentException for anything but {@code sha256:<64 lower-case hex digits>} */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a digest must be sha256:<64 lower-case hex digits>");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** Empty for anything but 64 lower-case hex digits. */
    public static Optional<Digest> ofHex(String text) {
        return HEX.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }

    public static Digest of(byte[] content) {
        MessageDigest digest = newMessageDigest();
        digest.update(content);
        return finish(digest);
    }

    /** The digest of a file's content. */
    public static Digest of(Path file) {
        MessageDigest digest = newMessageDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return finish(digest);
    }

    /** A SHA-256 in progress, for content that passes by; {@link #finish} ends it. */
    public static MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public static Digest finish(MessageDigest digest) {
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
