package io.catwalk.console.access;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.catwalk.console.ConsoleConfig;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.UriBuilder;

/** The session of a browser that is signed in at the identity provider: its cookies, how it begins and how it ends there. */
@RequestScoped
class ProviderSession {
    private final ConsoleConfig.Oidc config;
    private final SecurityIdentity identity;

    ProviderSession(ConsoleConfig config, SecurityIdentity identity) {
        this.config = config.oidc();
        this.identity = identity;
    }

    /** The address that leads to the provider and then to a page of the console's own; empty where there is no provider. */
    Optional<String> start(String page) {
        return config.enabled()
                ? Optional.of(config.address().map(URI::toString).orElse("") + ProviderMechanism.SIGN_IN + "?to="
                        + encoded(page))
                : Optional.empty();
    }

    /** What the services are shown, as {@code Authorization} has it. */
    String authorization() {
        return authorization(identity);
    }

    static String authorization(SecurityIdentity identity) {
        return "Bearer " + identity.getCredential(AccessTokenCredential.class).getToken();
    }

    /** The address that ends this request's session at the provider and leads back; empty without one, or where it has none. */
    Optional<URI> end(RoutingContext http) {
        OidcConfigurationMetadata provider = identity.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        IdTokenCredential token = identity.getCredential(IdTokenCredential.class);
        if (provider == null || provider.getEndSessionUri() == null || token == null) {
            return Optional.empty();
        }
        return Optional.of(UriBuilder.fromUri(provider.getEndSessionUri())
                .queryParam("id_token_hint", token.getToken())
                .queryParam("client_id", encoded(config.clientId()))
                .queryParam("post_logout_redirect_uri", encoded(address(http.request()) + "/sign-in"))
                .build());
    }

    private String address(HttpServerRequest request) {
        return config.address().map(URI::toString).orElseGet(() -> request.scheme() + "://" + request.authority());
    }

    /** Takes the request's cookies of a session back. */
    static void forget(RoutingContext http) {
        http.request().cookies().stream()
                .filter(cookie -> cookie.getName().startsWith(OidcUtils.SESSION_COOKIE_NAME))
                .map(cookie -> Cookie.cookie(cookie.getName(), "").setPath("/").setMaxAge(0))
                .forEach(http.response()::addCookie);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
