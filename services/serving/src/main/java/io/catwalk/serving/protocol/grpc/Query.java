package io.catwalk.serving.protocol.grpc;

import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.access.Role;
import io.catwalk.serving.access.ModelAccess;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;

/**
 * Answers a method that only tells something; it takes no place, so that it is answered under any load.
 *
 * @param open whether it is for all, who then may have shown nothing; else it is for who may read some model
 * @param model the model that a message names; empty for none
 */
record Query<Q extends Message, A>(
        boolean open, MessageParser<Q> parser, Function<Q, String> model, Function<Q, A> answerer)
        implements UnaryHandler<A> {
    private static final int MAX_BYTES = 1 << 14;

    @Override
    public void admit() {
        if (!open) {
            ModelAccess.requireRole(GrpcCaller.current(), Role.VIEWER, Role.PREDICTOR);
        }
    }

    @Override
    public boolean accept(Hold hold) {
        return true;
    }

    @Override
    public Response<A> answer(Request request) {
        if (request.message().length > MAX_BYTES) {
            throw RefusedException.badInput("the message must be at most " + MAX_BYTES + " bytes");
        }
        Q query = parser.parse(request.message());
        String named = model.apply(query);
        if (!named.isEmpty()) {
            ModelAccess.requireSight(GrpcCaller.current(), named);
        }
        return new Response<>(new Metadata(), answerer.apply(query));
    }
}
