package io.catwalk.events;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Where a dataset may be asked to come from; which hosts and folders are allowed is the ingestion service's to say. */
final class SourcePlaces {
    private static final int LONGEST = 1024;
    /** S3's keys have at most 1024 bytes; 64 are left for a file's name. */
    private static final int LONGEST_STORE_PREFIX = 960;
    /** NAME_MAX of the usual file systems, and so of the stores that keep objects in files. */
    private static final int LONGEST_SEGMENT_BYTES = 255;

    private static final Pattern STORE_PREFIX =
            Pattern.compile("(?!(?:.*/)?\\.\\.?(?:/|$))[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*/?");
    private static final Pattern FILE_NAME =
            Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1," + LONGEST_SEGMENT_BYTES + "}");
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern DOMAIN_NAME = Pattern.compile("(?:[A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*");

    private SourcePlaces() {}

    /** A path that a file system can hold. */
    static FieldValue folder() {
        return new FieldValue(
                value -> PlainText.isValid((String) value, LONGEST) && hasShortSegments((String) value),
                PlainText.expectation(LONGEST) + ", at most " + LONGEST_SEGMENT_BYTES
                        + " bytes of UTF-8 between two slashes");
    }

    /** A prefix in the service's own bucket: never another bucket's address, nor a way out of the prefix. */
    static FieldValue storePrefix() {
        return new FieldValue(
                value -> ((String) value).length() <= LONGEST_STORE_PREFIX
                        && STORE_PREFIX.matcher((String) value).matches()
                        && hasShortSegments((String) value),
                "must be a prefix in the own bucket as incoming/fashion-mnist/: segments of letters, digits, '.', '_' "
                        + "and '-', none '.' or '..' or longer than " + LONGEST_SEGMENT_BYTES + " characters, at most "
                        + LONGEST_STORE_PREFIX + " characters in all");
    }

    /** A file's name that is safe as a segment of a key, a URL and a path. */
    static FieldValue fileName() {
        return new FieldValue(
                value -> FILE_NAME.matcher((String) value).matches(),
                "must be a file name of letters, digits, '.', '_' and '-', not '.' or '..', at most "
                        + LONGEST_SEGMENT_BYTES + " characters");
    }

    /** An address that no form of writing turns into a link-local one, as most clouds' metadata services have. */
    static FieldValue url() {
        return new FieldValue(
                value -> ((String) value).length() <= LONGEST && isUrl((String) value),
                "must be an http or https address as https://example.org/mnist/ without user, query or fragment, whose "
                        + "host is a name or an address that is not link-local, multicast or unspecified, at most "
                        + LONGEST + " characters");
    }

    private static boolean hasShortSegments(String path) {
        return Arrays.stream(path.split("/"))
                .allMatch(segment -> segment.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SEGMENT_BYTES);
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 0xFFFF
                    && isHost(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Hosts in brackets and dotted quads are literals, for which {@code getByName} asks no name server. */
    private static boolean isHost(String host) {
        if (!host.startsWith("[") && !DOTTED_QUAD.matcher(host).matches()) {
            return DOMAIN_NAME.matcher(host).matches();
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return !address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
