package io.catwalk.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.LocalPort;

/** One built service as a separate process on a free port of the loopback address. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String MAX_HEAP = "256m";

    private final ChildProcess process;
    private final URI address;

    private ServiceProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it without waiting.
     *
     * @param jar the build's {@code quarkus-run.jar}
     * @param environment its settings but the port
     * @throws StackSetupException when the service isn't built
     */
    public static ServiceProcess start(String name, Path jar, Path log, Map<String, String> environment) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        settings.putIfAbsent("CATWALK_GRPC_PORT", "0");
        ChildProcess process = ChildProcess.start(new ChildSpec(
                name,
                BuiltService.command(jar, MAX_HEAP),
                settings,
                log,
                new HttpReadiness(address.resolve("/q/health/ready")),
                READY_WITHIN));
        return new ServiceProcess(process, address);
    }

    /** @throws ChildFailedException when it ends or isn't ready in time; it is killed then */
    public ServiceProcess awaitReady() {
        try {
            process.awaitReady();
            return this;
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    public URI at(String path) {
        return address.resolve(path);
    }

    public long pid() {
        return process.pid();
    }

    /** The error to report when it has ended without being stopped. */
    public Optional<ChildFailedException> failure() {
        return process.failure();
    }

    /** SIGKILL; the process is gone on return. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.stop();
    }
}
