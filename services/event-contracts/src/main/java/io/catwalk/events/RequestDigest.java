package io.catwalk.events;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/**
 * A digest of what a request says: equal for the same fields in any form (protobuf, JSON, structured, bare).
 *
 * <p>The canonical form is proto3 JSON without whitespace, in field-number order, of the fields that are set: no
 * defaults, so a field that a later version adds leaves the digests of older requests alone, and no unknown fields.
 */
public final class RequestDigest {
    private static final JsonFormat.Printer CANONICAL = JsonFormat.printer().omittingInsignificantWhitespace();

    private RequestDigest() {}

    /** {@code sha256:<64 lower-case hex digits>}. */
    public static String of(Message request) {
        try {
            return "sha256:" + Sha256.hex(CANONICAL.print(request).getBytes(StandardCharsets.UTF_8));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not printable as proto3 JSON: " + e.getMessage(), e);
        }
    }
}
