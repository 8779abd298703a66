package io.catwalk.ingestion.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, NEVER_READ",
        "fe80::1, NEVER_READ",
        "0.0.0.0, NEVER_READ",
        "224.0.0.1, NEVER_READ",
        "::, NEVER_READ",
        "::ffff:169.254.169.254, NEVER_READ",
        "::169.254.169.254, NEVER_READ",
        "64:ff9b::a9fe:a9fe, NEVER_READ",
        "2002:a9fe:a9fe::1, NEVER_READ",
        "127.0.0.1, PRIVATE",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "fd00:ec2::254, PRIVATE",
        "::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::a00:1, PRIVATE",
        "2002:7f00:1::, PRIVATE",
        "93.184.216.34, PUBLIC",
        "100.128.0.1, PUBLIC",
        "2606:2800::1, PUBLIC",
        "64:ff9b::5db8:d822, PUBLIC"
    })
    void knowsWhoseAnAddressIs(String text, AddressKind kind) throws Exception {
        assertThat(AddressKind.of(InetAddress.getByName(text))).isEqualTo(kind);
    }
}
