package io.catwalk.console.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;

import io.catwalk.console.ConsoleConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderStartTest {
    private static final Map<String, String> WHOLE = Map.of(
            "catwalk.console.oidc.enabled", "true",
            "catwalk.console.oidc.session-secret", "0123456789abcdef0123456789abcdef",
            "catwalk.console.hosts", "console.example.org");

    private static ConsoleConfig config(String... more) {
        Map<String, String> settings = new HashMap<>(WHOLE);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConsoleConfig.class)
                .withDefaultValues(settings)
                .build();
        return config.getConfigMapping(ConsoleConfig.class);
    }

    @ParameterizedTest
    @CsvSource({"https://console.example.org", "https://console.example.org:8443", "http://127.0.0.1:8084"})
    void whatCanWorkStarts(String address) {
        assertThatCode(() -> ProviderStart.check(config("catwalk.console.oidc.address", address), true))
                .doesNotThrowAnyException();
    }

    @Test
    void theServicesMustTakeTokens() {
        assertThatThrownBy(() -> ProviderStart.check(config(), false))
                .hasMessageContaining("set catwalk.access.oidc.enabled and catwalk.access.oidc.issuer");
        assertThatCode(() -> ProviderStart.check(config("catwalk.console.oidc.enabled", "false"), false))
                .doesNotThrowAnyException();
    }

    @Test
    void aSecretIsLong() {
        assertThatThrownBy(() -> ProviderStart.check(config("catwalk.console.oidc.session-secret", "short"), true))
                .hasMessageContaining("CATWALK_CONSOLE_OIDC_SESSION_SECRET")
                .hasMessageContaining("has 5 characters, must have at least 32")
                .hasMessageNotContaining("short");
    }

    @ParameterizedTest
    @CsvSource({
        "http://console.example.org, must be https",
        "https://other.example.org, a host of catwalk.console.hosts",
        "https://console.example.org/, no path",
        "ftp://console.example.org, http or https",
    })
    void browsersMustComeBack(String address, String message) {
        assertThatThrownBy(() -> ProviderStart.check(config("catwalk.console.oidc.address", address), true))
                .hasMessageContaining("catwalk.console.oidc.address is " + address)
                .hasMessageContaining(message);
    }
}
