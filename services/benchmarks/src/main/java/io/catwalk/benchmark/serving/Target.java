package io.catwalk.benchmark.serving;

import java.net.URI;

/**
 * Requests to measure.
 *
 * @param name of server and protocol, for the table
 * @param pid of the server's process
 * @param headers separated by {@code |}
 * @param body of each request, one image
 */
@SuppressWarnings("ArrayRecordComponent")
record Target(String name, long pid, URI address, String headers, byte[] body) {}
