package io.catwalk.chassis.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessStartTest {
    private static final ListeningAddress LOOPBACK = new ListeningAddress("quarkus.http.host", "127.0.0.1");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void withoutAccessControlAServiceListensOnLoopbackAddresses(String host) {
        assertThatCode(() -> AccessStart.check(
                        new Settings(false, false, Optional.empty(), Optional.empty()),
                        List.of(LOOPBACK, new ListeningAddress("catwalk.grpc.host", host))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "host.invalid"})
    void andOnNoOther(String host) {
        assertThatThrownBy(() -> AccessStart.check(
                        new Settings(false, false, Optional.empty(), Optional.empty()),
                        List.of(LOOPBACK, new ListeningAddress("catwalk.grpc.host", host))))
                .hasMessageContaining("catwalk.grpc.host is " + host)
                .hasMessageContaining("CATWALK_ACCESS_ENABLED")
                .hasMessageContaining("or set catwalk.grpc.host (CATWALK_GRPC_HOST) to 127.0.0.1");
    }

    @Test
    void withItSomebodyMustHaveAccess() {
        assertThatThrownBy(() -> AccessStart.check(
                        new Settings(true, false, Optional.empty(), Optional.empty()), List.of(LOOPBACK)))
                .hasMessageContaining("generate-key NAME --roles admin")
                .hasMessageContaining("CATWALK_ACCESS_KEYS_FILE");
        assertThatThrownBy(() -> AccessStart.check(
                        new Settings(true, true, Optional.empty(), Optional.empty()), List.of(LOOPBACK)))
                .hasMessageContaining("CATWALK_ACCESS_OIDC_ISSUER");
        List<ListeningAddress> all = List.of(new ListeningAddress("quarkus.http.host", "0.0.0.0"));
        assertThatCode(() -> AccessStart.check(
                        new Settings(true, false, Optional.of(Path.of("keys.json")), Optional.empty()), all))
                .doesNotThrowAnyException();
        assertThatCode(() -> AccessStart.check(
                        new Settings(true, true, Optional.empty(), Optional.of(URI.create("https://id.example.org"))),
                        all))
                .doesNotThrowAnyException();
    }

    @Test
    void clientsShowACertificateOverNoPlainHttp() {
        assertThatCode(() -> AccessStart.checkCertificates(true, "disabled")).doesNotThrowAnyException();
        assertThatCode(() -> AccessStart.checkCertificates(false, "enabled")).doesNotThrowAnyException();
        for (String plain : List.of("enabled", "redirect")) {
            assertThatThrownBy(() -> AccessStart.checkCertificates(true, plain))
                    .hasMessageContaining("quarkus.http.insecure-requests is " + plain)
                    .hasMessageContaining("QUARKUS_HTTP_INSECURE_REQUESTS");
        }
    }
}
