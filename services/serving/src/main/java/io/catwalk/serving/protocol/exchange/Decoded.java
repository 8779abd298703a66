package io.catwalk.serving.protocol.exchange;

import java.util.function.Function;

import io.catwalk.serving.protocol.tensor.ImageBatch;

/**
 * A request's images, and how to answer it.
 *
 * @param encoder writes the answer, given {@code count * classes} probabilities, image by image
 * @param <A> an answer
 */
public record Decoded<A>(ImageBatch images, Function<float[], A> encoder) {}
