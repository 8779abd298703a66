package io.catwalk.serving.protocol.grpc;

import io.grpc.ServerServiceDefinition;

/** A service of the gRPC server; all beans of this type are served. */
@FunctionalInterface
public interface GrpcService {
    ServerServiceDefinition definition();
}
