package io.catwalk.local;

import java.net.URI;
import java.util.Map;

import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.LocalPort;

/**
 * Where a service process listens on the loopback address.
 *
 * @param api its API
 * @param management its probes and metrics
 */
record ServiceAddresses(URI api, URI management) {
    /** Whether a service asks its callers for a key; on the loopback address it needn't. */
    static final String ACCESS_VARIABLE = "CATWALK_ACCESS_ENABLED";

    /** At ports that are free now. */
    static ServiceAddresses free() {
        int port = LocalPort.free(2);
        return new ServiceAddresses(at(port), at(port + 1));
    }

    /** The process' settings of them. */
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_HTTP_PORT",
                Integer.toString(api.getPort()),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(management.getPort()));
    }

    HttpReadiness readiness() {
        return new HttpReadiness(management.resolve("/q/health/ready"));
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
