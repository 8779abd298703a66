package io.catwalk.serving.protocol.grpc;

import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;

/** Answers a method that only tells something; it takes no place, so that it is answered under any load. */
record Query<Q extends Message, A>(MessageParser<Q> parser, Function<Q, A> answerer) implements UnaryHandler<A> {
    private static final int MAX_BYTES = 1 << 14;

    @Override
    public void admit() {}

    @Override
    public boolean accept(Hold hold) {
        return true;
    }

    @Override
    public Response<A> answer(Request request) {
        if (request.message().length > MAX_BYTES) {
            throw RefusedException.badInput("the message must be at most " + MAX_BYTES + " bytes");
        }
        return new Response<>(new Metadata(), answerer.apply(parser.parse(request.message())));
    }
}
