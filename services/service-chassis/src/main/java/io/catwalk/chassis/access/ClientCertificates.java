package io.catwalk.chassis.access;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Demands a certificate of HTTPS clients where that is configured. It isn't who they are: they show a key or a token too. */
@Singleton
public class ClientCertificates implements HttpServerOptionsCustomizer {
    private final AccessConfig config;

    ClientCertificates(AccessConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (config.requireClientCertificate()) {
            options.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
