/** What the protocols over gRPC share: the server, receiving messages within all protocols' limits, and statuses. */
@NullMarked
package io.catwalk.serving.protocol.grpc;

import org.jspecify.annotations.NullMarked;
