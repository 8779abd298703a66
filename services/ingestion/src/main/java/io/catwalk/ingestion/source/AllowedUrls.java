package io.catwalk.ingestion.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import okhttp3.Dns;

/**
 * The base addresses that may be read, and the network addresses that their hosts may stand for. A name must stand for
 * public addresses alone unless it is a private host; the check sees the very addresses that are connected to.
 */
public final class AllowedUrls implements Dns {
    private static final int CARRIER_GRADE_NAT = 100;

    private final Set<URI> bases;
    private final Set<String> privateHosts;

    /**
     * @param bases http or https; a slash at the end makes no difference
     * @param privateHosts names that may stand for private and loopback addresses
     * @throws IllegalArgumentException for a base that is no such address
     */
    public AllowedUrls(List<URI> bases, List<String> privateHosts) {
        this.bases = bases.stream().map(AllowedUrls::checked).collect(Collectors.toUnmodifiableSet());
        this.privateHosts = privateHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The address with a slash at its end. */
    URI check(URI base) throws SourceRefusedException {
        URI folder = withSlash(base);
        if (!bases.contains(folder)) {
            throw new SourceRefusedException("source.url is \"" + base
                    + "\", must be one of the addresses that the service's configuration allows");
        }
        return folder;
    }

    /** Called for names alone: a host that is an IP address was allowed as such. */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
        boolean mayBePrivate = privateHosts.contains(host.toLowerCase(Locale.ROOT));
        for (InetAddress address : addresses) {
            if (isNeverRead(address) || (isPrivate(address) && !mayBePrivate)) {
                throw new ForbiddenAddressException(
                        "host " + host + " stands for " + address.getHostAddress() + ", which may not be read");
            }
        }
        return addresses;
    }

    static boolean isNeverRead(InetAddress address) {
        return address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress();
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedByCarrier = bytes.length == 4 && bytes[0] == CARRIER_GRADE_NAT && (bytes[1] & 0xc0) == 0x40;
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal || sharedByCarrier;
    }

    private static URI checked(URI base) {
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!web || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw new IllegalArgumentException("an allowed address is " + base
                    + ", must be http or https, with a host and without user and query");
        }
        return withSlash(base);
    }

    private static URI withSlash(URI base) {
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }

    @Override
    public String toString() {
        return bases.stream().map(URI::toString).sorted().toList() + " with private hosts "
                + Arrays.toString(privateHosts.toArray());
    }

    /** A name that stands for an address that may not be read. */
    static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String message) {
            super(message);
        }
    }
}
