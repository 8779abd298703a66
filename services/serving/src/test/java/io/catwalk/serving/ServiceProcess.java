package io.catwalk.serving;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.StackClassPath;

/** The built service as a process of its own. */
final class ServiceProcess implements AutoCloseable {
    private final ChildProcess process;
    private final URI address;

    private ServiceProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it without waiting. */
    static ServiceProcess start(Path log, Map<String, String> settings) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        JavaCommand command = new JavaCommand(
                List.of(Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath(), StackClassPath.ownClasses()),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
                List.of());
        ChildProcess process = ChildProcess.start(new ChildSpec(
                "serving",
                command,
                environment,
                log,
                new HttpReadiness(address.resolve("/q/health/ready")),
                Duration.ofMinutes(3)));
        return new ServiceProcess(process, address);
    }

    ServiceProcess awaitReady() {
        process.awaitReady();
        return this;
    }

    URI at(String path) {
        return address.resolve(path);
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.stop();
    }
}
