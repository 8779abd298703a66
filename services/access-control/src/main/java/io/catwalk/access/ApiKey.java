package io.catwalk.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** An API key: {@code cw_} and 256 random bits in base64url. It is shown by {@link #secret} alone. */
public final class ApiKey {
    /** What tells a key from other bearer tokens. */
    public static final String PREFIX = "cw_";

    private static final int RANDOM_BYTES = 32;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /** A new key. */
    public static ApiKey generate(SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The key itself, for its holder. */
    public String secret() {
        return secret;
    }

    /** What the key file has of it, hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(hash(secret));
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
