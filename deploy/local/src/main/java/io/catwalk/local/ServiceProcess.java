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
import io.catwalk.local.process.JavaCommand;

/** One built service as a separate process on free ports of the loopback address. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String MAX_HEAP = "256m";

    private final ChildProcess process;
    private final ServiceAddresses addresses;

    private ServiceProcess(ChildProcess process, ServiceAddresses addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /**
     * Starts it without waiting.
     *
     * @param jar the build's {@code quarkus-run.jar}
     * @param environment its settings but the ports
     * @throws StackSetupException when the service isn't built
     */
    public static ServiceProcess start(String name, Path jar, Path log, Map<String, String> environment) {
        return start(name, BuiltService.command(jar, MAX_HEAP), log, environment);
    }

    /** As {@link #start}, for a test: it starts sooner, and computes slower once it has run for a while. */
    public static ServiceProcess startShortLived(String name, Path jar, Path log, Map<String, String> environment) {
        return start(name, BuiltService.shortLived(jar, MAX_HEAP), log, environment);
    }

    private static ServiceProcess start(String name, JavaCommand command, Path log, Map<String, String> environment) {
        ServiceAddresses addresses = ServiceAddresses.free();
        Map<String, String> settings = new HashMap<>(environment);
        settings.putAll(addresses.environment());
        settings.putIfAbsent("CATWALK_GRPC_PORT", "0");
        settings.putIfAbsent(ServiceAddresses.ACCESS_VARIABLE, "false");
        ChildProcess process =
                ChildProcess.start(new ChildSpec(name, command, settings, log, addresses.readiness(), READY_WITHIN));
        return new ServiceProcess(process, addresses);
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
        return addresses.api().resolve(path);
    }

    /** @param path of its probes or metrics, as {@code /q/health/ready} */
    public URI management(String path) {
        return addresses.management().resolve(path);
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
