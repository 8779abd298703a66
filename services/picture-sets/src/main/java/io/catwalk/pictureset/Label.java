package io.catwalk.pictureset;

import java.util.Optional;

/**
 * What a picture shows, and where it belongs.
 *
 * @param name of its class
 * @param split empty where none is given
 */
public record Label(String name, Optional<Split> split) {}
