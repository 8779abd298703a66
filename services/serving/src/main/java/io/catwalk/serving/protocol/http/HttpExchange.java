package io.catwalk.serving.protocol.http;

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
     * Answers one request.
     *
     * @param protocol its name in metrics
     * @param model the model in its path
     * @throws RefusedException for a request that gets no prediction
     */
    public Response answer(String protocol, ModelReference model, RoutingContext http, Codec<byte[], Answer> codec) {
        Answered<Answer> answered = exchange.answer(protocol, new HttpArrival(model, http), codec);
        Answer answer = answered.answer();
        Response.ResponseBuilder response = Response.ok(answer.content(), answer.mediaType());
        answered.headers().forEach(response::header);
        answer.headers().forEach(response::header);
        return response.build();
    }
}
