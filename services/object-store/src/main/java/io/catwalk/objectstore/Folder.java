package io.catwalk.objectstore;

/**
 * A prefix of the bucket.
 *
 * @param path ends with a slash, as {@code runs/r1/journal/}
 */
public record Folder(String path) {
    public Folder {
        if (!path.endsWith("/") || path.startsWith("/")) {
            throw new IllegalArgumentException("a folder ends with / and doesn't start with it: " + path);
        }
    }

    public ObjectKey key(String name) {
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException("an object's name in a folder is one segment");
        }
        return new ObjectKey(path + name);
    }

    @Override
    public String toString() {
        return path;
    }
}
