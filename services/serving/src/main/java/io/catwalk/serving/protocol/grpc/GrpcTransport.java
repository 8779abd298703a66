package io.catwalk.serving.protocol.grpc;

import java.util.Optional;

import io.catwalk.chassis.access.AccessConfig;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/2 over TLS by a configuration of {@code quarkus.tls}, or without TLS where there is none. New connections get its newest
 * certificates.
 */
@Singleton
public class GrpcTransport {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcTransport.class);

    private final boolean requireClientCertificate;
    private final Vertx vertx;
    private final Optional<TlsConfiguration> tls;
    private volatile ProtocolNegotiator negotiator;

    /** @throws IllegalArgumentException when there is no such configuration, or no certificate to check those of clients by */
    public GrpcTransport(GrpcConfig config, AccessConfig access, TlsConfigurationRegistry registry, Vertx vertx) {
        this.requireClientCertificate = access.requireClientCertificate();
        this.vertx = vertx;
        this.tls = config.tlsConfigurationName()
                .map(name -> Optional.of(named(name, registry)))
                .orElseGet(registry::getDefault)
                .filter(configuration -> configuration.getKeyStoreOptions() != null);
        if (requireClientCertificate
                && tls.filter(known -> known.getTrustStoreOptions() != null).isEmpty()) {
            throw new IllegalArgumentException(
                    "catwalk.access.require-client-certificate is true, and gRPC has no key store or no"
                            + " trust store: set both below quarkus.tls, and catwalk.grpc.tls-configuration-name if they have a name");
        }
        this.negotiator = negotiator();
    }

    private static TlsConfiguration named(String name, TlsConfigurationRegistry registry) {
        return registry.get(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "catwalk.grpc.tls-configuration-name is " + name + ", and quarkus.tls has none of that name"));
    }

    /** For the next connection. */
    ProtocolNegotiator newest() {
        return negotiator;
    }

    void changed(@Observes CertificateUpdatedEvent event) {
        if (tls.filter(event.tlsConfiguration()::equals).isPresent()) {
            negotiator = negotiator();
            LOG.debug("gRPC has read its certificates again");
        }
    }

    private ProtocolNegotiator negotiator() {
        return tls.map(this::context)
                .map(InternalProtocolNegotiators::serverTls)
                .orElseGet(InternalProtocolNegotiators::serverPlaintext);
    }

    private SslContext context(TlsConfiguration configuration) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                    configuration.getKeyStoreOptions().getKeyManagerFactory(vertx));
            if (configuration.getTrustStoreOptions() != null) {
                builder.trustManager(configuration.getTrustStoreOptions().getTrustManagerFactory(vertx));
            }
            return GrpcSslContexts.configure(builder, SslProvider.JDK)
                    .clientAuth(requireClientCertificate ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .protocols(configuration.getSSLOptions().getEnabledSecureTransportProtocols())
                    .build();
        } catch (Exception e) {
            throw new IllegalArgumentException("gRPC can't use the certificates of quarkus.tls: " + e.getMessage(), e);
        }
    }
}
