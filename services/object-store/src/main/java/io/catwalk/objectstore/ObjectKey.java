package io.catwalk.objectstore;

/**
 * Where an object lies in the bucket. Made by {@link Artifacts} alone, so that no request can name a key.
 *
 * @param path without a leading slash, as {@code runs/r1/journal/00000001.json}
 */
public record ObjectKey(String path) {
    @Override
    public String toString() {
        return path;
    }
}
