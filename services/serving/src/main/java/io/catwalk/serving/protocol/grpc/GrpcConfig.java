package io.catwalk.serving.protocol.grpc;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The gRPC server. The limits of its requests are those of {@code catwalk.http}. */
@ConfigMapping(prefix = "catwalk.grpc")
public interface GrpcConfig {
    /** The address to listen on. */
    String host();

    /** The port to listen on; 0 for any. */
    int port();

    /** The configuration below {@code quarkus.tls}; the unnamed one without it, and no TLS where that has no key store. */
    Optional<String> tlsConfigurationName();

    /**
     * After this time a connection takes no new calls, and its client opens another: a client of a service with several replicas
     * then meets new ones too.
     */
    @WithDefault("5m")
    Duration maxConnectionAge();
}
