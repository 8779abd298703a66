package io.catwalk.chassis.access;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who has access. */
@ConfigMapping(prefix = "catwalk.access")
public interface AccessConfig {
    /** Whether callers must show a key or a token. A service without that listens on loopback addresses alone. */
    @WithDefault("true")
    boolean enabled();

    /** The file of API keys, JSON. */
    Optional<Path> keysFile();

    /** How often the file's content is compared. */
    @WithDefault("2s")
    Duration keysRefresh();

    /**
     * Whether clients must show a certificate of the trust store, besides a key or a token. Plain HTTP must be off then ({@code
     * quarkus.http.insecure-requests=disabled}).
     */
    @WithDefault("false")
    boolean requireClientCertificate();

    /** Tokens of an identity provider. Further settings of it are those below {@code quarkus.oidc}. */
    Oidc oidc();

    /** OpenID Connect. */
    interface Oidc {
        /** Whether its tokens are accepted beside keys. */
        @WithDefault("false")
        boolean enabled();

        /** The provider's address, below which it has {@code /.well-known/openid-configuration}. */
        Optional<URI> issuer();

        /** What a token's claim {@code aud} must have; {@code any} for all. */
        @WithDefault("catwalk")
        String audience();

        /** The claim that names roles, a path with {@code /} for a nested one. */
        @WithDefault("groups")
        String rolesClaim();
    }
}
