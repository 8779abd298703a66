package io.catwalk.chassis.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start a service that would be open to others, or closed to all. */
@Singleton
public class AccessStart {
    private static final int BEFORE_ALL_OTHERS = 0;

    @Produces
    @Singleton
    ListeningAddress http(@ConfigProperty(name = "quarkus.http.host") String host) {
        return new ListeningAddress("quarkus.http.host", host);
    }

    void check(
            @Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event,
            AccessConfig config,
            AccessKeys keys,
            @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> plain,
            @All List<ListeningAddress> addresses) {
        check(config, addresses);
        checkCertificates(config.requireClientCertificate(), plain.orElse("enabled"));
        keys.open();
    }

    /** @throws IllegalArgumentException saying why and what to set */
    static void check(AccessConfig config, List<ListeningAddress> addresses) {
        if (!config.enabled()) {
            addresses.stream().filter(address -> !address.isLoopback()).forEach(AccessStart::refuse);
        } else if (config.oidc().enabled() && config.oidc().issuer().isEmpty()) {
            throw new IllegalArgumentException("catwalk.access.oidc.enabled is true without an identity provider: set"
                    + " catwalk.access.oidc.issuer (CATWALK_ACCESS_OIDC_ISSUER) to its address");
        } else if (!config.oidc().enabled() && config.keysFile().isEmpty()) {
            throw new IllegalArgumentException("catwalk.access.enabled is true, and nobody has access: make a key with"
                    + " `installation generate-key NAME --roles admin`, put the entry that it prints into a file, and set"
                    + " catwalk.access.keys-file (CATWALK_ACCESS_KEYS_FILE) to that; or set catwalk.access.oidc.enabled and"
                    + " catwalk.access.oidc.issuer. On a loopback address, catwalk.access.enabled (CATWALK_ACCESS_ENABLED) may"
                    + " be false");
        }
    }

    /** @throws IllegalArgumentException when plain HTTP would need no certificate */
    static void checkCertificates(boolean required, String plain) {
        if (required && !plain.equalsIgnoreCase("disabled")) {
            throw new IllegalArgumentException(
                    "catwalk.access.require-client-certificate is true and quarkus.http.insecure-requests is " + plain
                            + ": set quarkus.http.insecure-requests (QUARKUS_HTTP_INSECURE_REQUESTS) to disabled, as plain HTTP"
                            + " shows no certificate");
        }
    }

    private static void refuse(ListeningAddress address) {
        throw new IllegalArgumentException("catwalk.access.enabled is false and %s is %s, which others reach: set"
                        .formatted(address.property(), address.host())
                + " catwalk.access.enabled (CATWALK_ACCESS_ENABLED) to true and give the service keys, or set %s (%s) to 127.0.0.1"
                        .formatted(address.property(), variable(address.property())));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
