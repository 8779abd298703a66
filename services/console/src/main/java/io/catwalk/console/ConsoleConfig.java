package io.catwalk.console;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the console asks, and how long it waits. */
@ConfigMapping(prefix = "catwalk.console")
public interface ConsoleConfig {
    /** Base address of ingestion. */
    @WithDefault("http://127.0.0.1:8081")
    URI ingestion();

    /** Base address of training. */
    @WithDefault("http://127.0.0.1:8082")
    URI training();

    /** Base address of evaluation. */
    @WithDefault("http://127.0.0.1:8083")
    URI evaluation();

    /** Base address of serving. */
    @WithDefault("http://127.0.0.1:8080")
    URI serving();

    /** How long a page waits for a service; what hasn't come by then is shown as away. */
    @WithDefault("4s")
    Duration timeout();

    /** Names, without a port, by which browsers may call the console. The loopback address' names always may. */
    Optional<Set<String>> hosts();

    /** What is live. */
    Live live();

    /** The sign-in at the identity provider, whose tokens all services take ({@code catwalk.access.oidc}). */
    Oidc oidc();

    /** Events that the browsers hear of. */
    interface Live {
        /** Browsers that listen at a time; another one is told to ask later. */
        @WithDefault("200")
        int clients();

        /** Newest events that are kept of each kind, for pages that open later. */
        @WithDefault("50")
        int kept();
    }

    /** What the console is to the identity provider. What else Quarkus' OIDC knows are the settings below {@code quarkus.oidc.console}. */
    interface Oidc {
        /** Whether visitors are led there. */
        @WithDefault("false")
        boolean enabled();

        /**
         * Where browsers find the console, as {@code https://console.example.org}: the provider sends them back there, to {@code
         * /sign-in/provider}. By default the address by which the browser came.
         */
        Optional<URI> address();

        /** The client's id at the provider. */
        @WithDefault("catwalk-console")
        String clientId();

        /** The client's secret; without one it is a public client. */
        Optional<String> clientSecret();

        /** What the console asks for beside {@code openid}; the access token must be for the services' audience and name roles. */
        @WithDefault("profile")
        List<String> scopes();

        /** With what the session's cookies are encrypted, at least 32 characters; the same for all replicas. */
        Optional<String> sessionSecret();
    }
}
