package io.catwalk.serving.protocol.exchange;

/**
 * How one protocol reads a request and writes its answer.
 *
 * @param <R> a request as it arrives
 * @param <A> an answer
 */
@FunctionalInterface
public interface Codec<R, A> {
    /** @throws io.catwalk.serving.refusal.RefusedException for a request that gets no prediction */
    Decoded<A> decode(R request, Call call);
}
