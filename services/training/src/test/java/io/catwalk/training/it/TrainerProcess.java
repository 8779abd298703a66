package io.catwalk.training.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.BuiltService;
import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.LocalPort;

/** The built service as a process. */
final class TrainerProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    private final ChildProcess process;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TrainerProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a trainer without waiting for it.
     *
     * @param group its Kafka consumers'
     * @param failpoint where it dies, as {@code append.claimed.after@1}
     */
    static TrainerProcess start(String name, String group, Optional<String> failpoint, Map<String, String> stack) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(stack);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("CATWALK_NODE_NAME", name);
        failpoint.ifPresent(seam -> environment.put("CATWALK_FAILPOINT", seam));
        JavaCommand command = BuiltService.command(
                JAR,
                "512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The first trainer that ends by itself leaves its loaded classes to the others.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Path.of("target/it/trainer.jsa").toAbsolutePath(),
                "-Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000",
                "-Dmp.messaging.connector.smallrye-kafka.group.id=" + group);
        ChildSpec spec = new ChildSpec(
                name,
                command,
                environment,
                Path.of("target/it", name + ".log").toAbsolutePath(),
                new HttpReadiness(address.resolve("/q/health/ready")),
                Duration.ofSeconds(60));
        return new TrainerProcess(ChildProcess.start(spec), address);
    }

    TrainerProcess awaitReady() {
        process.awaitReady();
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, and what it said before. */
    String failure() {
        return process.failure().map(ChildFailedException::getMessage).orElse("is alive");
    }

    /** SIGSTOP or SIGCONT. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void kill() {
        process.kill();
    }

    /** SIGTERM, and its end. */
    void stop() {
        process.stop();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    HttpResponse<byte[]> download(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
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
