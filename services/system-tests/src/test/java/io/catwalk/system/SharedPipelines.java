package io.catwalk.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.system.fault.Network;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Pipelines that the test classes of a process share, because a start takes longer than a run: one at a time, as each takes time of
 * the processor also when it has nothing to do. So those who share one are a package, whose suite a single process runs, and whoever
 * starts a pipeline of his own ends the shared one. The last ends with the process's last test.
 */
public final class SharedPipelines implements LauncherSessionListener {
    /** Not asked for by the broker here, but among what clients of Kafka log at their start. */
    public static final String BROKER_PASSWORD = "marked-password-of-the-broker";

    public static final String SESSION_SECRET = "marked-secret-of-the-sessions-of-a-console";

    /** The services of the guarded pipeline. */
    public static final List<String> GUARDED =
            Stream.concat(Network.SERVICES.stream(), Stream.of("console")).toList();

    private static final String REALM = "team";
    private static final MockOAuth2Server PROVIDER = provider();

    private static Optional<Shared> current = Optional.empty();

    private record Shared(String name, Pipeline pipeline) {}

    /**
     * One with its console that asks nobody for a key. A canary's windows are short, and all its requests compared, so that
     * its figures are soon there.
     */
    public static Pipeline open() {
        return shared(
                "open",
                name -> startWithConsole(
                        name, Map.of("CATWALK_ROLLOUT_WINDOW", "1s", "CATWALK_ROLLOUT_COPIES_CANARY_SHARE", "1")));
    }

    /** One with its console that asks for the key of a {@link Keyholder}, or for a token of an identity provider. */
    public static Pipeline guarded() {
        return shared("guarded", SharedPipelines::startGuarded);
    }

    private static Pipeline startGuarded(String name) {
        Map<String, String> settings = new HashMap<>(Keyholder.settings());
        settings.putAll(Map.of(
                "CATWALK_ACCESS_OIDC_ENABLED",
                "true",
                "CATWALK_ACCESS_OIDC_ISSUER",
                PROVIDER.issuerUrl(REALM).toString(),
                "CATWALK_CONSOLE_OIDC_ENABLED",
                "true",
                "CATWALK_CONSOLE_OIDC_SESSION_SECRET",
                SESSION_SECRET,
                "KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"%s\";"
                        .formatted(BROKER_PASSWORD)));
        return startWithConsole(name, settings);
    }

    private static Pipeline startWithConsole(String name, Map<String, String> settings) {
        Pipeline pipeline = Pipeline.start(name, settings);
        try {
            pipeline.stack().startConsole();
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.discard();
            throw e;
        }
    }

    private static Pipeline shared(String name, Function<String, Pipeline> start) {
        return current.filter(shared -> shared.name().equals(name))
                .orElseGet(() -> {
                    Shared shared = new Shared(name, start.apply(name));
                    current = Optional.of(shared);
                    return shared;
                })
                .pipeline();
    }

    /** Ends the shared pipeline, if there is one. */
    static void end() {
        Optional<Shared> ended = current;
        current = Optional.empty();
        ended.ifPresent(shared -> shared.pipeline().close());
    }

    private static MockOAuth2Server provider() {
        MockOAuth2Server provider = new MockOAuth2Server();
        provider.start();
        return provider;
    }

    /** Has the provider of the guarded pipeline take whoever comes next for somebody. */
    public static void nextIs(String user, String role) {
        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback(
                REALM, user, "JWT", List.of("catwalk"), Map.of("groups", List.of(role), "upn", user)));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        end();
        PROVIDER.shutdown();
    }
}
