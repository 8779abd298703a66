package io.catwalk.serving.protocol.http;

import java.time.Duration;

import io.catwalk.serving.protocol.exchange.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A request's Vert.x context, on whose event loop its tasks run. */
record ContextLoop(Vertx vertx, Context context) implements EventLoop {
    /** On a request's event loop. */
    static ContextLoop current(Vertx vertx) {
        return new ContextLoop(vertx, vertx.getOrCreateContext());
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(read -> task.run());
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        long timer = vertx.setTimer(delay.plusMillis(1).toMillis(), late -> task.run());
        return () -> vertx.cancelTimer(timer);
    }
}
