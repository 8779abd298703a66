package io.catwalk.ingestion.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose a network address is. An IPv6 address that leads to an IPv4 address (RFC 6052, 3056, 4291) is of that one's kind. Where
 * local-use NAT64 (RFC 8215) leads is its network's to say: it is private, unless one of the ways to read it leads to a metadata service.
 */
enum AddressKind {
    /** Link-local, a cloud's metadata service, multicast or unspecified. */
    NEVER_READ,
    /** Loopback, private, shared behind a carrier's NAT, or local-use NAT64. */
    PRIVATE,
    PUBLIC;

    /** Metadata services that aren't link-local. */
    private static final Set<InetAddress> METADATA = Stream.of(
                    // Azure.
                    "168.63.129.16",
                    // Alibaba Cloud.
                    "100.100.100.200",
                    // Oracle Cloud Classic.
                    "192.0.0.192",
                    // EC2, and EKS' credentials of pods.
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    // Google Cloud.
                    "fd20:ce::254")
            .map(AddressKind::literal)
            .collect(Collectors.toUnmodifiableSet());

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int CARRIER_GRADE_NAT = 100;
    /** 64:ff9b::/96, NAT64's well-known prefix. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    /** 64:ff9b:1::/48, of which a network's NAT64 has a prefix. */
    private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};
    /** Where prefixes of 48, 56, 64 and 96 bits have the IPv4 address; the byte at 8 isn't of it. */
    private static final int[][] LOCAL_NAT64_PLACES = {{6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}, {12, 13, 14, 15}
    };
    /** 2002::/16, 6to4. */
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};
    /** ::/96, IPv4-compatible. */
    private static final byte[] COMPATIBLE = new byte[12];

    static AddressKind of(InetAddress address) {
        Optional<InetAddress> inner =
                address.isAnyLocalAddress() || address.isLoopbackAddress() ? Optional.empty() : ipv4(address);
        if (inner.isPresent()) {
            return of(inner.get());
        }
        if (isMetadata(address) || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return NEVER_READ;
        }
        return isPrivate(address) ? PRIVATE : PUBLIC;
    }

    /** Link-local addresses are taken for metadata services. */
    private static boolean isMetadata(InetAddress address) {
        return address.isLinkLocalAddress() || METADATA.contains(address) || leadsToMetadata(address.getAddress());
    }

    private static boolean leadsToMetadata(byte[] bytes) {
        return isLocalNat64(bytes)
                && Arrays.stream(LOCAL_NAT64_PLACES)
                        .map(places ->
                                new byte[] {bytes[places[0]], bytes[places[1]], bytes[places[2]], bytes[places[3]]})
                        .map(AddressKind::address)
                        .anyMatch(AddressKind::isMetadata);
    }

    private static boolean isLocalNat64(byte[] bytes) {
        return bytes.length == IPV6_BYTES && startsWith(bytes, LOCAL_NAT64);
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == IPV6_BYTES && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedByCarrier =
                bytes.length == IPV4_BYTES && bytes[0] == CARRIER_GRADE_NAT && (bytes[1] & 0xc0) == 0x40;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || uniqueLocal
                || sharedByCarrier
                || isLocalNat64(bytes);
    }

    private static Optional<InetAddress> ipv4(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6_BYTES) {
            return Optional.empty();
        }
        if (startsWith(bytes, NAT64) || startsWith(bytes, COMPATIBLE)) {
            return Optional.of(ipv4(bytes, IPV6_BYTES - IPV4_BYTES));
        }
        return startsWith(bytes, SIX_TO_FOUR) ? Optional.of(ipv4(bytes, SIX_TO_FOUR.length)) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        return address(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text + " is an address", e);
        }
    }
}
