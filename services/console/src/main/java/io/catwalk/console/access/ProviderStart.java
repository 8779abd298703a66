package io.catwalk.console.access;

import java.net.URI;
import java.util.Set;

import io.catwalk.chassis.access.AccessConfig;
import io.catwalk.console.ConsoleConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses to start a console whose sign-in at the identity provider can't work. */
@Singleton
public class ProviderStart {
    private static final int LEAST_SECRET = 32;

    void check(@Observes StartupEvent event, ConsoleConfig config, AccessConfig access) {
        check(config, access.enabled() && access.oidc().enabled());
    }

    /** @throws IllegalArgumentException saying why and what to set */
    static void check(ConsoleConfig config, boolean tokensAreTaken) {
        ConsoleConfig.Oidc oidc = config.oidc();
        if (!oidc.enabled()) {
            return;
        }
        if (!tokensAreTaken) {
            throw new IllegalArgumentException("catwalk.console.oidc.enabled is true, and tokens aren't taken: set"
                    + " catwalk.access.oidc.enabled and catwalk.access.oidc.issuer, for the services too");
        }
        int length = oidc.sessionSecret().orElse("").length();
        if (length < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    "catwalk.console.oidc.session-secret (CATWALK_CONSOLE_OIDC_SESSION_SECRET) has %d characters, must have at least %d"
                            .formatted(length, LEAST_SECRET));
        }
        oidc.address().ifPresent(address -> check(address, BrowserGuard.hosts(config)));
    }

    private static void check(URI address, Set<String> hosts) {
        String host = BrowserGuard.bare(String.valueOf(address.getHost()));
        boolean isOrigin = address.toString().matches("https?://[^/?#]+");
        if (!isOrigin || !hosts.contains(host)) {
            throw new IllegalArgumentException(
                    "catwalk.console.oidc.address is %s, must be http or https, a host of catwalk.console.hosts, and no path"
                            .formatted(address));
        }
        if (address.getScheme().equals("http") && !BrowserGuard.LOOPBACK.contains(host)) {
            throw new IllegalArgumentException(
                    "catwalk.console.oidc.address is %s, must be https: browsers keep the session's cookies for that alone"
                            .formatted(address));
        }
    }
}
