package io.catwalk.serving.protocol.http;

import java.util.concurrent.CompletionStage;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.exchange.Answered;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Exchange;
import io.catwalk.serving.refusal.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** The exchange over HTTP. */
@Singleton
public final class HttpExchange {
    private final Exchange exchange;

    public HttpExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Receives one request's body and answers it. On the event loop.
     *
     * @param protocol its name in metrics
     * @param model the model in its path
     * @return fails with a {@link RefusedException} for a request that gets no prediction
     */
    public CompletionStage<Response> answer(
            String protocol, ModelReference model, RoutingContext http, Codec<byte[], Answer> codec) {
        IncomingRequest received = IncomingRequest.of(http);
        HttpArrival arrival = new HttpArrival(model, http, received);
        ContextLoop eventLoop = ContextLoop.current(http.vertx());
        return received.receive()
                .thenCompose(whole -> exchange.answer(protocol, arrival, codec, eventLoop))
                .thenApply(HttpExchange::response);
    }

    private static Response response(Answered<Answer> answered) {
        Answer answer = answered.answer();
        Response.ResponseBuilder response = Response.ok(answer.content(), answer.mediaType());
        answered.headers().forEach(response::header);
        answer.headers().forEach(response::header);
        return response.build();
    }
}
