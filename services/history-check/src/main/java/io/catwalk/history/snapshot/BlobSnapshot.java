package io.catwalk.history.snapshot;

import java.util.Optional;

import io.catwalk.objectstore.Digest;

/**
 * Content that something names.
 *
 * @param key where it lies
 * @param digest that it must have
 * @param namedBy the first object that names it, with the field
 * @param exists whether there is an object
 * @param actual what its content has; empty where it wasn't read
 */
public record BlobSnapshot(String key, Digest digest, String namedBy, boolean exists, Optional<Digest> actual) {}
