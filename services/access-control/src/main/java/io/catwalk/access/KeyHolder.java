package io.catwalk.access;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** The holder of a granted key at this replica. Thread-safe. */
public final class KeyHolder {
    private final GrantedKey key;
    private final Caller caller;
    private final RateLimit limit;
    private final byte[] hash;

    KeyHolder(GrantedKey key) {
        this.key = key;
        this.caller = new Caller(Caller.Kind.KEY, key.name(), key.roles(), key.models());
        this.hash = HexFormat.of().parseHex(key.sha256());
        this.limit = new RateLimit(key.requestsPerSecond());
    }

    public Caller caller() {
        return caller;
    }

    public boolean isExpired(Instant now) {
        return key.expires().isPresent() && !now.isBefore(key.expires().get());
    }

    /**
     * Counts a request against the key's rate.
     *
     * @return zero if it is within it, else the time until the next one is
     */
    public Duration take() {
        return limit.take();
    }

    byte[] hash() {
        return hash.clone();
    }

    boolean hasHash(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }
}
