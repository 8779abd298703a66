package io.catwalk.serving.protocol.grpc;

import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;

/**
 * What answers the calls of one method.
 *
 * @param <A> an answer
 */
interface UnaryHandler<A> {
    /** @throws RefusedException for a call whose message needn't be received */
    void admit();

    /**
     * Accepts a complete message.
     *
     * @return false when too many are being worked on
     */
    boolean accept(Hold hold);

    /** @throws RefusedException for a call that gets another status than OK */
    Response<A> answer(Request request);

    /** @param message its bytes */
    record Request(IncomingMessage incoming, Metadata metadata, byte[] message) {}

    /** @param headers what goes before the message */
    record Response<A>(Metadata headers, A message) {}
}
