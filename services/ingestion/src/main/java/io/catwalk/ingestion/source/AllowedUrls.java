package io.catwalk.ingestion.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * The base addresses that may be read, and the network addresses that their hosts may stand for. A name must stand for
 * public addresses alone unless it is a private host; a host that is an IP address was allowed as such, unless it is one that is never
 * read. The check sees the very addresses that are connected to.
 */
public final class AllowedUrls implements Dns {
    /** Digits and dots, or with a colon: no name is written so. */
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

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

    /** Called for names alone. */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
        boolean mayBePrivate = privateHosts.contains(host.toLowerCase(Locale.ROOT));
        for (InetAddress address : addresses) {
            AddressKind kind = AddressKind.of(address);
            if (kind == AddressKind.NEVER_READ || (kind == AddressKind.PRIVATE && !mayBePrivate)) {
                throw new ForbiddenAddressException(
                        "host " + host + " stands for " + address.getHostAddress() + ", which may not be read");
            }
        }
        return addresses;
    }

    private static URI checked(URI base) {
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!web || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw new IllegalArgumentException("an allowed address is " + base
                    + ", must be http or https, with a host and without user and query");
        }
        literal(base)
                .filter(address -> AddressKind.of(address) == AddressKind.NEVER_READ)
                .ifPresent(address -> {
                    throw new IllegalArgumentException("an allowed address is " + base + ", whose host "
                            + address.getHostAddress()
                            + " is never read: it is link-local, a metadata service's, multicast or unspecified");
                });
        return withSlash(base);
    }

    /** The IP address that a host is, in any way of writing it that the client takes for one. */
    private static Optional<InetAddress> literal(URI base) {
        String host = Optional.ofNullable(HttpUrl.parse(base.toString()))
                .map(HttpUrl::host)
                .orElse(base.getHost());
        if (!IP_ADDRESS.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
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
