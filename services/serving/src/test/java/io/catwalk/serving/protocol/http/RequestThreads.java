package io.catwalk.serving.protocol.http;

import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.RequestObserver;
import jakarta.inject.Singleton;

/** Counts on which kind of thread requests were answered. */
@Singleton
public final class RequestThreads implements RequestObserver {
    private final AtomicInteger eventLoops = new AtomicInteger();
    private final AtomicInteger virtual = new AtomicInteger();

    @Override
    public void answered(AnsweredRequest request) {
        (Thread.currentThread().isVirtual() ? virtual : eventLoops).incrementAndGet();
    }

    int eventLoops() {
        return eventLoops.get();
    }

    int virtual() {
        return virtual.get();
    }
}
