package io.catwalk.history.content;

import io.catwalk.objectstore.Digest;

/**
 * A digest that a JSON document names.
 *
 * @param path of the field in the document, as {@code state.model.modelDigest}
 */
record NamedDigest(String path, Digest digest) {
    /** Its name, as {@code modelDigest}. */
    String field() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
