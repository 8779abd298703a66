package io.catwalk.local;

import java.io.IOException;
import java.net.URI;
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
import java.util.stream.Stream;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.LocalPort;

/** One replica of a service with jobs, the one that the working directory's module builds: for tests that kill and freeze it. */
public final class ReplicaProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ReplicaProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one without waiting for it.
     *
     * @param group its Kafka consumers'
     * @param failpoint where it dies, as {@code append.claimed.after@1}
     * @param stack settings that all replicas share
     * @param maxHeap as {@code 256m}
     * @param flags more of its JVM
     */
    public static ReplicaProcess start(
            String name,
            String group,
            Optional<String> failpoint,
            Map<String, String> stack,
            String maxHeap,
            String... flags) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(stack);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("CATWALK_NODE_NAME", name);
        failpoint.ifPresent(seam -> environment.put("CATWALK_FAILPOINT", seam));
        Stream<String> common = Stream.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000",
                "-Dmp.messaging.connector.smallrye-kafka.group.id=" + group);
        JavaCommand command = BuiltService.command(
                JAR, maxHeap, Stream.concat(common, Stream.of(flags)).toArray(String[]::new));
        ChildSpec spec = new ChildSpec(
                name,
                command,
                environment,
                Path.of("target/it", name + ".log").toAbsolutePath(),
                new HttpReadiness(address.resolve("/q/health/ready")),
                READY_WITHIN);
        return new ReplicaProcess(ChildProcess.start(spec), address);
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
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
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
        return send(HttpRequest.newBuilder(address.resolve(path)).GET(), BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> download(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET(), BodyHandlers.ofByteArray());
    }

    /** @param body JSON */
    public HttpResponse<String> post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
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
