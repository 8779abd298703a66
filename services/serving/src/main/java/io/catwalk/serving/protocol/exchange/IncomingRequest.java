package io.catwalk.serving.protocol.exchange;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

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
    private static final String KEY = IncomingRequest.class.getName();

    private final RoutingContext http;
    private final HttpConfig config;
    private final Semaphore places;
    private final long arrivedNanos = System.nanoTime();
    private final BodyBuffer body;
    private final BodyBuffer inflated;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RECEIVING);

    IncomingRequest(RoutingContext http, HttpConfig config, BodyBudget budget, Semaphore places) {
        this.http = http;
        this.config = config;
        this.places = places;
        this.body = new BodyBuffer(budget, config.maxBodyBytes(), announcedBytes());
        this.inflated = new BodyBuffer(budget, config.maxBodyBytes(), Long.MAX_VALUE);
        http.put(KEY, this);
    }

    /** The request that {@link Admission} has received. */
    static IncomingRequest of(RoutingContext http) {
        return Optional.<IncomingRequest>ofNullable(http.get(KEY))
                .orElseThrow(() -> new IllegalStateException("the request's body wasn't received"));
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
     * @param whole runs once the body has arrived and the request has its slot
     * @param refused receives the reason instead, if the body is refused or there is no slot
     */
    void receive(Runnable whole, Consumer<RefusedException> refused) {
        HttpServerRequest request = http.request();
        long timer = http.vertx().setTimer(config.bodyTimeout().toMillis(), late -> refuse(slow(), refused));
        http.addEndHandler(ended -> {
            http.vertx().cancelTimer(timer);
            leave();
        });
        request.exceptionHandler(broken -> leave());
        request.handler(chunk -> append(chunk, refused));
        request.endHandler(end -> {
            http.vertx().cancelTimer(timer);
            takePlace(whole, refused);
        });
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            http.response().writeContinue();
        }
        request.resume();
    }

    /**
     * Begins the work.
     *
     * @throws RefusedException with {@code CANCELLED} when the client has gone
     */
    void begin() {
        if (!stage.compareAndSet(Stage.WAITING, Stage.WORKING)) {
            throw new RefusedException(Refusal.CANCELLED, "nobody waits for the answer any more");
        }
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
        finish(Stage.WORKING);
    }

    private void append(Buffer chunk, Consumer<RefusedException> refused) {
        try {
            if (stage.get() == Stage.RECEIVING) {
                body.append(chunk);
            }
        } catch (RefusedException e) {
            refuse(e, refused);
        }
    }

    private void takePlace(Runnable whole, Consumer<RefusedException> refused) {
        if (stage.get() != Stage.RECEIVING) {
            return;
        }
        if (places.tryAcquire()) {
            stage.set(Stage.WAITING);
            whole.run();
        } else {
            refuse(Admission.tooMany(), refused);
        }
    }

    private void refuse(RefusedException why, Consumer<RefusedException> refused) {
        if (finish(Stage.RECEIVING)) {
            refused.accept(why);
        }
    }

    private RefusedException slow() {
        return new RefusedException(
                Refusal.SLOW_BODY,
                "the body took longer than " + config.bodyTimeout().toMillis() + " ms to arrive");
    }

    /** The response has ended or the client is gone: releases what isn't in use. */
    private void leave() {
        if (!finish(Stage.RECEIVING)) {
            finish(Stage.WAITING);
        }
    }

    private boolean finish(Stage from) {
        if (!stage.compareAndSet(from, Stage.DONE)) {
            return false;
        }
        body.close();
        inflated.close();
        if (from != Stage.RECEIVING) {
            places.release();
        }
        return true;
    }

    private long announcedBytes() {
        return header(HttpHeaders.CONTENT_LENGTH).map(Long::valueOf).orElse(Long.MAX_VALUE);
    }

    private Optional<String> header(CharSequence name) {
        return Optional.ofNullable(http.request().getHeader(name));
    }

    private enum Stage {
        RECEIVING,
        /** Complete, with a slot. */
        WAITING,
        WORKING,
        DONE
    }
}
