package io.catwalk.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of a file whose content may change. A mounted Secret is exchanged by a symbolic link, which no watch of the file sees: its
 * content is compared at each {@link #poll}. One thread polls, any may read.
 */
public final class WatchedKeyFile {
    private final Path path;
    private final boolean needed;
    private final InstantSource clock;
    private byte[] content;
    private volatile KeyRing keys;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param needed whether content without a key that has access when it is read is refused, as callers have nothing but keys; keys that
     *     expire later lose their access nonetheless
     * @throws InvalidKeyFileException when it can't be read, or is refused
     */
    public WatchedKeyFile(Path path, boolean needed, InstantSource clock) {
        this.path = path;
        this.needed = needed;
        this.clock = clock;
        this.content = content(path);
        this.keys = read(content);
    }

    /** Those of the newest content that wasn't refused. */
    public KeyRing keys() {
        return keys;
    }

    /** Why the file's present content isn't used, if so. */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Reads the file again.
     *
     * @return whether something changed: the keys, or the trouble with the file
     */
    public boolean poll() {
        Optional<String> before = trouble;
        try {
            byte[] now = content(path);
            if (Arrays.equals(now, content)) {
                trouble = Optional.empty();
                return before.isPresent();
            }
            keys = read(now);
            content = now;
            trouble = Optional.empty();
            return true;
        } catch (InvalidKeyFileException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
            return !trouble.equals(before);
        }
    }

    private KeyRing read(byte[] content) {
        KeyRing read = new KeyRing(KeyFile.read(content));
        if (needed && !read.grantsAccess(clock.instant())) {
            throw new InvalidKeyFileException((read.size() == 0 ? "keys is []" : "keys[].expires is past for all keys")
                    + ", must have a key at least that hasn't expired: callers have no other access");
        }
        return read;
    }

    private static byte[] content(Path path) {
        try {
            if (Files.size(path) > KeyFile.MOST_BYTES) {
                throw new InvalidKeyFileException("it has more than " + KeyFile.MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new InvalidKeyFileException("there is no such file");
        } catch (IOException e) {
            throw new InvalidKeyFileException(
                    "it can't be read: " + e.getClass().getSimpleName());
        }
    }
}
