package io.catwalk.local;

/**
 * The ports by which one service of a stack reaches broker and store where something stands between them, as a proxy that delays.
 *
 * @param brokerListener where the broker listens for what comes this way, beside its own port
 * @param broker what the broker names as its port to clients that come this way, so that they stay on it
 * @param store the port of the store's address
 */
public record Detour(int brokerListener, int broker, int store) {}
