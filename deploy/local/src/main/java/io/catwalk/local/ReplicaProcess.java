package io.catwalk.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.Signals;

/** One replica of a service with jobs, the one that the working directory's module builds: for tests that kill and freeze it. */
public final class ReplicaProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    /** Of this process alone, as others may test the same module at the same time. */
    private static final Path LOGS =
            Path.of("target/it", "replicas-" + ProcessHandle.current().pid()).toAbsolutePath();

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final ServiceAddresses addresses;
    private final Optional<String> key;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ReplicaProcess(ChildProcess process, ServiceAddresses addresses, Optional<String> key) {
        this.process = process;
        this.addresses = addresses;
        this.key = key;
    }

    /** The same replica, called with an API key. */
    public ReplicaProcess calledWith(String apiKey) {
        return new ReplicaProcess(process, addresses, Optional.of(apiKey));
    }

    /**
     * Starts one without waiting for it.
     *
     * @param group its Kafka consumers'
     * @param failpoint where it dies, as {@code append.claimed.after@1}
     * @param stack settings that all replicas share
     * @param maxHeap as {@code 256m}
     */
    public static ReplicaProcess start(
            String name, String group, Optional<String> failpoint, Map<String, String> stack, String maxHeap) {
        ServiceAddresses addresses = ServiceAddresses.free();
        Map<String, String> environment = new HashMap<>(stack);
        environment.putAll(addresses.environment());
        environment.put("CATWALK_NODE_NAME", name);
        environment.putIfAbsent(ServiceAddresses.ACCESS_VARIABLE, "false");
        failpoint.ifPresent(seam -> environment.put("CATWALK_FAILPOINT", seam));
        JavaCommand command = BuiltService.shortLived(
                JAR,
                maxHeap,
                "-Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000",
                "-Dmp.messaging.connector.smallrye-kafka.group.id=" + group);
        ChildSpec spec = new ChildSpec(
                name, command, environment, LOGS.resolve(name + ".log"), addresses.readiness(), READY_WITHIN);
        return new ReplicaProcess(ChildProcess.start(spec), addresses, Optional.empty());
    }

    public ReplicaProcess awaitReady() {
        process.awaitReady();
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, and what it said before. */
    public String failure() {
        return process.failure().map(ChildFailedException::getMessage).orElse("is alive");
    }

    /** SIGSTOP or SIGCONT. */
    public void signal(String signal) {
        Signals.send(process.pid(), signal);
    }

    /** SIGTERM, and its end. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL; the process is gone on return. */
    public void kill() {
        process.kill();
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(addresses.api().resolve(path)).GET(), BodyHandlers.ofString());
    }

    /** A GET from its management port. */
    public HttpResponse<String> manage(String path) {
        return send(HttpRequest.newBuilder(addresses.management().resolve(path)).GET(), BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> download(String path) {
        return send(HttpRequest.newBuilder(addresses.api().resolve(path)).GET(), BodyHandlers.ofByteArray());
    }

    /** @param body JSON */
    public HttpResponse<String> post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(addresses.api().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        key.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        try {
            return client.send(request.build(), body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
