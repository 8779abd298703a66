package io.catwalk.ingestion;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
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

    /** Starts it, and waits until it is ready. */
    static ServiceProcess start(
            BrokerProcess broker, StoreProcess store, String secretKey, Path log, Map<String, String> settings) {
        int port = LocalPort.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("CATWALK_STORE_ENDPOINT", store.endpoint().toString());
        environment.put("CATWALK_STORE_ACCESS_KEY", "catwalk");
        environment.put("CATWALK_STORE_SECRET_KEY", secretKey);
        JavaCommand command = new JavaCommand(
                List.of(Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath(), StackClassPath.ownClasses()),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
                List.of());
        ChildProcess process = ChildProcess.start(new ChildSpec(
                "ingestion",
                command,
                environment,
                log,
                new HttpReadiness(address.resolve("/q/health/ready")),
                Duration.ofMinutes(3)));
        try {
            process.awaitReady();
            return new ServiceProcess(process, address);
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    URI at(String path) {
        return address.resolve(path);
    }

    @Override
    public void close() {
        process.stop();
    }
}
