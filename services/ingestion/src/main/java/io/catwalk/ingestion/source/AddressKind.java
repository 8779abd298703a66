package io.catwalk.ingestion.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Whose a network address is. An IPv6 address that leads to an IPv4 address (RFC 6052, 3056, 4291) is of that one's kind. */
enum AddressKind {
    /** Link-local, as the clouds' metadata services, multicast or unspecified. */
    NEVER_READ,
    /** Loopback, private, or shared behind a carrier's NAT. */
    PRIVATE,
    PUBLIC;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int CARRIER_GRADE_NAT = 100;
    /** 64:ff9b::/96, NAT64's well-known prefix. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
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
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return NEVER_READ;
        }
        return isPrivate(address) ? PRIVATE : PUBLIC;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == IPV6_BYTES && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedByCarrier =
                bytes.length == IPV4_BYTES && bytes[0] == CARRIER_GRADE_NAT && (bytes[1] & 0xc0) == 0x40;
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal || sharedByCarrier;
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
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
