package io.catwalk.dataset;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests of files as manifests have them. */
final class Sha256 {
    private static final Pattern WRITTEN = Pattern.compile("sha256:[0-9a-f]{64}");

    private Sha256() {}

    /** @throws BadDatasetException for what isn't a digest as {@link #finish} writes it */
    static void check(String whose, String digest) {
        if (!WRITTEN.matcher(digest).matches()) {
            throw new BadDatasetException(whose + " digest must be sha256:<64 lower-case hex digits>");
        }
    }

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** As {@code sha256:<64 lower-case hex digits>}. */
    static String finish(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
