package io.catwalk.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of a file whose content may change. A mounted Secret is exchanged by a symbolic link, which no watch of the file sees: its
 * content is compared at each {@link #poll}. One thread polls, any may read.
 */
public final class WatchedKeyFile {
    private final Path path;
    private byte[] content;
    private volatile KeyRing keys;
    private volatile Optional<String> trouble = Optional.empty();

    /** @throws InvalidKeyFileException when it can't be read */
    public WatchedKeyFile(Path path) {
        this.path = path;
        this.content = content(path);
        this.keys = new KeyRing(KeyFile.read(content));
    }

    /** Those of the newest content that could be read. */
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
            keys = new KeyRing(KeyFile.read(now));
            content = now;
            trouble = Optional.empty();
            return true;
        } catch (InvalidKeyFileException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
            return !trouble.equals(before);
        }
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
