package io.catwalk.chassis.node;

/** Nodes for tests. */
public final class Nodes {
    private Nodes() {}

    /** A node of this service. */
    public static Node of(String service) {
        return new Node(() -> "test", service);
    }
}
