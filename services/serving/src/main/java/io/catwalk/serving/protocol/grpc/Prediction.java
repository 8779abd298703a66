package io.catwalk.serving.protocol.grpc;

import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.access.Role;
import io.catwalk.serving.access.ModelAccess;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.protocol.exchange.Answered;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Exchange;
import io.grpc.Metadata;

/**
 * Answers a method that predicts.
 *
 * @param protocol its name in metrics
 * @param model the model that a message names
 */
record Prediction<Q extends Message, A>(
        Exchange exchange,
        Admission admission,
        String protocol,
        MessageParser<Q> parser,
        Function<Q, ModelReference> model,
        Codec<Q, A> codec)
        implements UnaryHandler<A> {
    @Override
    public void admit() {
        ModelAccess.requireRole(GrpcCaller.current(), Role.PREDICTOR);
        admission.requirePlace();
    }

    @Override
    public boolean accept(Hold hold) {
        return hold.complete();
    }

    @Override
    public Response<A> answer(Request request) {
        Answered<A> answered = exchange.answer(
                protocol,
                new GrpcArrival<>(request.incoming(), request.metadata(), request.message(), parser, model),
                codec);
        Metadata headers = new Metadata();
        answered.headers()
                .forEach((name, value) -> headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return new Response<>(headers, answered.answer());
    }
}
