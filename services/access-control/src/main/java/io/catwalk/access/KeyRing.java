package io.catwalk.access;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the holders of keys by the keys' SHA-256. Immutable. */
public final class KeyRing {
    /** Longer texts are no keys, and aren't hashed. */
    private static final int MOST_CHARACTERS = 256;

    private final Map<ByteBuffer, KeyHolder> holders;

    public KeyRing(List<GrantedKey> keys) {
        this.holders = keys.stream()
                .map(KeyHolder::new)
                .collect(Collectors.toUnmodifiableMap(holder -> ByteBuffer.wrap(holder.hash()), Function.identity()));
    }

    /** The holder of a key, be it expired. */
    public Optional<KeyHolder> find(String key) {
        if (key.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        byte[] hash = ApiKey.hash(key);
        return Optional.ofNullable(holders.get(ByteBuffer.wrap(hash))).filter(holder -> holder.hasHash(hash));
    }

    /** Whether a key at least hasn't expired. */
    boolean grantsAccess(Instant now) {
        return holders.values().stream().anyMatch(holder -> !holder.isExpired(now));
    }

    public int size() {
        return holders.size();
    }
}
