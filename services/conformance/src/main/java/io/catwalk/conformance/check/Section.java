package io.catwalk.conformance.check;

import java.util.List;

/**
 * The checks of one part of a protocol.
 *
 * @param source the specification, by its name and page
 * @param offer whether the server has this part; it throws {@link NotOfferedException} otherwise
 */
public record Section(Protocol protocol, String title, String source, Probe offer, List<Check> checks) {
    public Section {
        checks = List.copyOf(checks);
    }
}
