package io.catwalk.chassis.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a service listens for calls. Each bean of this type is held to what {@code catwalk.access.enabled} demands.
 *
 * @param property what sets it
 * @param host a name or an address
 */
public record ListeningAddress(String property, String host) {
    /** Whether only this machine reaches it. */
    boolean isLoopback() {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
