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
        "168.63.129.16, NEVER_READ",
        "::ffff:168.63.129.16, NEVER_READ",
        "::168.63.129.16, NEVER_READ",
        "64:ff9b::a83f:8110, NEVER_READ",
        "2002:a83f:8110::, NEVER_READ",
        "100.100.100.200, NEVER_READ",
        "::ffff:100.100.100.200, NEVER_READ",
        "64:ff9b::6464:64c8, NEVER_READ",
        "2002:6464:64c8::1, NEVER_READ",
        "192.0.0.192, NEVER_READ",
        "fd00:ec2::254, NEVER_READ",
        "fd00:ec2::23, NEVER_READ",
        "fd20:ce::254, NEVER_READ",
        "64:ff9b:1:a9fe:a9:fe00::, NEVER_READ",
        "64:ff9b:1:ffa9:fe:a9fe::, NEVER_READ",
        "64:ff9b:1:fffe:a9:fea9:fe00:0, NEVER_READ",
        "64:ff9b:1:fffe::a9fe:a9fe, NEVER_READ",
        "64:ff9b:1::a83f:8110, NEVER_READ",
        "64:ff9b:1::6464:64c8, NEVER_READ",
        "127.0.0.1, PRIVATE",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.100.100.201, PRIVATE",
        "fd00:ec2::7, PRIVATE",
        "64:ff9b:1::5db8:d822, PRIVATE",
        "64:ff9b:1::a00:1, PRIVATE",
        "64:ff9b:1:fffe::7f00:1, PRIVATE",
        "::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::a00:1, PRIVATE",
        "2002:7f00:1::, PRIVATE",
        "93.184.216.34, PUBLIC",
        "168.63.129.17, PUBLIC",
        "100.128.0.1, PUBLIC",
        "2606:2800::1, PUBLIC",
        "64:ff9b::5db8:d822, PUBLIC",
        "64:ff9b:2::a00:1, PUBLIC"
    })
    void knowsWhoseAnAddressIs(String text, AddressKind kind) throws Exception {
        assertThat(AddressKind.of(InetAddress.getByName(text))).isEqualTo(kind);
    }
}
