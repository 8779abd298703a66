package io.catwalk.dataset;

/** One IDX file in memory, with the digest of its uncompressed content. */
record IdxData(String name, IdxHeader header, byte[] body, DatasetFile file) {}
