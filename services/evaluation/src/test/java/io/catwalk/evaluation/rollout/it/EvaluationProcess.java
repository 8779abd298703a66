package io.catwalk.evaluation.rollout.it;

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
final class EvaluationProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    private final ChildProcess process;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EvaluationProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one without waiting for it.
     *
     * @param group its Kafka consumers'
     * @param failpoint where it dies, as {@code append.progress.after@1}
     */
    static EvaluationProcess start(String name, String group, Optional<String> failpoint, Map<String, String> stack) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(stack);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("CATWALK_NODE_NAME", name);
        failpoint.ifPresent(seam -> environment.put("CATWALK_FAILPOINT", seam));
        JavaCommand command = BuiltService.command(
                JAR,
                "384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000",
                "-Dmp.messaging.connector.smallrye-kafka.group.id=" + group);
        ChildSpec spec = new ChildSpec(
                name,
                command,
                environment,
                Path.of("target/it", name + ".log").toAbsolutePath(),
                new HttpReadiness(address.resolve("/q/health/ready")),
                Duration.ofSeconds(60));
        return new EvaluationProcess(ChildProcess.start(spec), address);
    }

    EvaluationProcess awaitReady() {
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

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
