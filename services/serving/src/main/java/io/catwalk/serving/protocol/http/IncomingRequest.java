package io.catwalk.serving.protocol.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.protocol.admission.HttpConfig;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * A request from its headers to its response. Its body is received on the event loop, using memory only for what has
 * arrived; only a complete request takes one of the concurrent slots. Memory and slot are released when the work ends, or
 * with the response if no work began.
 */
final class IncomingRequest implements AutoCloseable {
    private static final int SHORT_BYTES = 1 << 16;
    private static final String KEY = IncomingRequest.class.getName();

    private final RoutingContext http;
    private final HttpConfig config;
    private final Admission admission;
    private final long arrivedNanos = System.nanoTime();
    private final BodyBuffer body;
    private final BodyBuffer inflated;
    private final Hold hold;

    IncomingRequest(RoutingContext http, HttpConfig config, Admission admission) {
        this.http = http;
        this.config = config;
        this.admission = admission;
        this.body = admission.buffer(announcedBytes());
        this.inflated = admission.buffer(Long.MAX_VALUE);
        this.hold = admission.hold(this::releaseMemory);
        http.put(KEY, this);
    }

    /** The request that {@link AdmissionFilter} has let pass. */
    static IncomingRequest of(RoutingContext http) {
        return Optional.<IncomingRequest>ofNullable(http.get(KEY))
                .orElseThrow(() -> new IllegalStateException("the request didn't pass the admission"));
    }

    /** When its headers arrived, on {@link System#nanoTime}'s clock. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Whether its header {@code Content-Length} is over the limit. */
    boolean announcesTooMuch() {
        return header(HttpHeaders.CONTENT_LENGTH)
                .filter(length -> Long.parseLong(length) > config.maxBodyBytes())
                .isPresent();
    }

    /**
     * Receives the body. On the event loop, before anything else reads it.
     *
     * @return completes on the event loop once the body has arrived and the request has its slot; fails with a
     *     {@link RefusedException} if the body is refused, there is no slot or the client leaves
     */
    CompletionStage<Void> receive() {
        CompletableFuture<Void> whole = new CompletableFuture<>();
        HttpServerRequest request = http.request();
        long timer = http.vertx().setTimer(config.bodyTimeout().toMillis(), late -> refuse(slow(), whole));
        http.addEndHandler(ended -> {
            http.vertx().cancelTimer(timer);
            leave(whole);
        });
        request.exceptionHandler(broken -> leave(whole));
        request.handler(chunk -> append(chunk, whole));
        request.endHandler(end -> {
            http.vertx().cancelTimer(timer);
            takePlace(whole);
        });
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            http.response().writeContinue();
        }
        request.resume();
        return whole;
    }

    /**
     * Begins the work.
     *
     * @throws RefusedException with {@code CANCELLED} when the client has gone
     */
    void begin() {
        hold.begin();
    }

    /** Whether its body is short and not compressed. */
    boolean isShort() {
        return body.length() <= SHORT_BYTES
                && header(HttpHeaders.CONTENT_ENCODING).isEmpty();
    }

    /**
     * The body's content, while it is worked on.
     *
     * @throws RefusedException as {@link ContentCoding#decode}
     */
    byte[] content() {
        return ContentCoding.decode(body.content(), header(HttpHeaders.CONTENT_ENCODING), inflated);
    }

    /** Ends the work. */
    @Override
    public void close() {
        hold.end();
    }

    private void append(Buffer chunk, CompletableFuture<Void> whole) {
        try {
            if (hold.receiving()) {
                body.append(chunk);
            }
        } catch (RefusedException e) {
            refuse(e, whole);
        }
    }

    private void takePlace(CompletableFuture<Void> whole) {
        if (hold.complete()) {
            whole.complete(null);
        } else {
            refuse(Admission.tooMany(), whole);
        }
    }

    private void refuse(RefusedException why, CompletableFuture<Void> whole) {
        if (hold.refuse()) {
            admission.refused(why, arrivedNanos);
            whole.completeExceptionally(why);
        }
    }

    private void leave(CompletableFuture<Void> whole) {
        hold.leave();
        whole.completeExceptionally(new RefusedException(Refusal.CANCELLED, "the client left before its body arrived"));
    }

    private RefusedException slow() {
        return new RefusedException(
                Refusal.SLOW_BODY,
                "the body took longer than " + config.bodyTimeout().toMillis() + " ms to arrive");
    }

    private void releaseMemory() {
        body.close();
        inflated.close();
    }

    private long announcedBytes() {
        return header(HttpHeaders.CONTENT_LENGTH).map(Long::valueOf).orElse(Long.MAX_VALUE);
    }

    private Optional<String> header(CharSequence name) {
        return Optional.ofNullable(http.request().getHeader(name));
    }
}
