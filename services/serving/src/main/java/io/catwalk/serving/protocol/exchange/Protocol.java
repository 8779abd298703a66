package io.catwalk.serving.protocol.exchange;

/** How one protocol reads a body and writes an answer. */
@FunctionalInterface
public interface Protocol {
    /** @throws io.catwalk.serving.refusal.RefusedException for a request that gets no prediction */
    Answer answer(Call call);
}
