package io.catwalk.ingestion.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;

import io.catwalk.ingestion.source.AllowedUrls.ForbiddenAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/",
                "http://2852039166/",
                "http://[fe80::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://168.63.129.16/",
                "http://100.100.100.200/latest/",
                "http://[::ffff:100.100.100.200]/",
                "http://[fd00:ec2::254]/latest/",
                "http://[64:ff9b:1::a9fe:a9fe]/",
                "http://0.0.0.0:8080/",
                "http://[::]/",
                "http://224.0.0.1/"
            })
    void refusesToAllowAnAddressThatIsNeverRead(String url) {
        assertThatThrownBy(() -> new AllowedUrls(List.of(URI.create(url)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("is never read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/", "http://10.0.0.7/", "http://[fd00::7]/", "http://93.184.216.34/"})
    void allowsAnAddressThatIsWrittenAsSuch(String url) throws Exception {
        assertThat(new AllowedUrls(List.of(URI.create(url)), List.of()).check(URI.create(url)))
                .isEqualTo(URI.create(url));
    }
}
