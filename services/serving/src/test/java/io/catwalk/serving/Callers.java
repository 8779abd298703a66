package io.catwalk.serving;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Clients that call a route again and again, and count what they saw. */
final class Callers implements AutoCloseable {
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> versions = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Calls once. */
    Answer call(URI route, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(route)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        Optional<String> version = response.headers().firstValue("catwalk-version");
        statuses.computeIfAbsent(response.statusCode(), status -> new LongAdder())
                .increment();
        version.ifPresent(
                named -> versions.computeIfAbsent(named, key -> new LongAdder()).increment());
        return new Answer(response.statusCode(), version.orElse("-"), response.body());
    }

    /** Calls so many times in all, on some threads. */
    void call(int times, int callers, URI route, String body) throws Exception {
        List<Future<Void>> calls = IntStream.range(0, callers)
                .mapToObj(caller -> threads.submit((Callable<Void>) () -> {
                    for (int call = caller; call < times; call += callers) {
                        call(route, body, Map.of());
                    }
                    return null;
                }))
                .toList();
        for (Future<Void> call : calls) {
            call.get();
        }
    }

    /** Calls on some threads until {@link #stop}. */
    List<Future<Void>> start(int callers, URI route, String body) {
        over.set(false);
        return IntStream.range(0, callers)
                .mapToObj(caller -> threads.submit((Callable<Void>) () -> {
                    while (!over.get()) {
                        call(route, body, Map.of());
                    }
                    return null;
                }))
                .toList();
    }

    void stop(List<Future<Void>> calls) throws Exception {
        over.set(true);
        for (Future<Void> call : calls) {
            call.get();
        }
    }

    /** How many answers had a status. */
    long status(int status) {
        return sum(statuses.get(status));
    }

    /** How many answers there were. */
    long all() {
        return statuses.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many answers were a version's. */
    long version(long version) {
        return sum(versions.get(Long.toString(version)));
    }

    private static long sum(LongAdder adder) {
        return adder == null ? 0 : adder.sum();
    }

    @Override
    public void close() {
        over.set(true);
        threads.shutdown();
        client.close();
    }

    record Answer(int status, String version, String body) {}
}
