package io.catwalk.ingestion.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

import io.catwalk.ingestion.source.AllowedUrls.ForbiddenAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedUrlsTest {
    private static final URI BASE = URI.create("https://example.org/mnist/");

    @Test
    void allowsTheExactAddressWithOrWithoutItsLastSlash() throws Exception {
        AllowedUrls allowed = new AllowedUrls(List.of(URI.create("https://example.org/mnist")), List.of());

        assertThat(allowed.check(BASE)).isEqualTo(BASE);
        assertThat(allowed.check(URI.create("https://example.org/mnist"))).isEqualTo(BASE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/mnist/",
                "https://example.org/mnist/sub/",
                "https://example.org/mnist/../other/",
                "https://example.org/",
                "https://example.org:8443/mnist/",
                "https://example.org.evil.test/mnist/"
            })
    void refusesAnyOther(String url) {
        assertThatThrownBy(() -> new AllowedUrls(List.of(BASE), List.of()).check(URI.create(url)))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessage("source.url is \"" + url
                        + "\", must be one of the addresses that the service's configuration allows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/", "https://user@example.org/", "https:///x", "https://example.org/?a=b"})
    void refusesToAllowWhatIsNoBaseAddress(String url) {
        assertThatThrownBy(() -> new AllowedUrls(List.of(URI.create(url)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    @Test
    void readsALoopbackNameOnlyWhereItIsPrivateByConfiguration() throws Exception {
        assertThatThrownBy(() -> new AllowedUrls(List.of(), List.of()).lookup("localhost"))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("host localhost stands for");
        assertThat(new AllowedUrls(List.of(), List.of("LocalHost")).lookup("localhost"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, never",
        "fe80::1, never",
        "0.0.0.0, never",
        "224.0.0.1, never",
        "::, never",
        "127.0.0.1, private",
        "10.1.2.3, private",
        "172.16.0.1, private",
        "192.168.1.1, private",
        "100.64.0.1, private",
        "fd00:ec2::254, private",
        "::1, private",
        "::ffff:10.0.0.1, private",
        "93.184.216.34, public",
        "100.128.0.1, public",
        "2606:2800::1, public"
    })
    void knowsWhichAddressesAreWhose(String text, String kind) throws Exception {
        InetAddress address = InetAddress.getByName(text);

        assertThat(AllowedUrls.isNeverRead(address)).isEqualTo(kind.equals("never"));
        assertThat(AllowedUrls.isPrivate(address)).isEqualTo(kind.equals("private"));
    }
}
