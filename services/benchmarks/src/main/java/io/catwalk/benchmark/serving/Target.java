package io.catwalk.benchmark.serving;

import java.net.URI;
import java.util.Optional;

import io.catwalk.benchmark.process.ServiceMetrics;

/**
 * Requests to measure.
 *
 * @param name of server and protocol, for the table
 * @param pid of the server's process
 * @param headers separated by {@code |}
 * @param body of each request, one image
 * @param metrics of the server, if it is one of Catwalk's
 */
@SuppressWarnings("ArrayRecordComponent")
record Target(String name, long pid, URI address, String headers, byte[] body, Optional<ServiceMetrics> metrics) {}
