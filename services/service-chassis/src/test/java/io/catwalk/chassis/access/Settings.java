package io.catwalk.chassis.access;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who has access, without a client's certificate. */
record Settings(boolean enabled, boolean tokens, Optional<Path> keysFile, Optional<URI> issuer, Duration keysRefresh)
        implements AccessConfig {
    Settings(boolean enabled, boolean tokens, Optional<Path> keysFile, Optional<URI> issuer) {
        this(enabled, tokens, keysFile, issuer, Duration.ofSeconds(2));
    }

    @Override
    public boolean requireClientCertificate() {
        return false;
    }

    @Override
    public Oidc oidc() {
        return new Oidc() {
            @Override
            public boolean enabled() {
                return tokens;
            }

            @Override
            public Optional<URI> issuer() {
                return issuer;
            }

            @Override
            public String audience() {
                return "catwalk";
            }

            @Override
            public String rolesClaim() {
                return "groups";
            }
        };
    }
}
