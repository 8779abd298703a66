package io.catwalk.console.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.console.ConsoleConfig;
import io.catwalk.events.ShownValue;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Before anything else sees a request: it must name the console by a known host, so that no other site's name leads here (DNS
 * rebinding), and what changes something must come from the console's own pages. The cookie's credential becomes the header that
 * every service reads; what is open is shown none. Browsers without one are led to the sign-in.
 */
@Singleton
public class BrowserGuard {
    private static final int BEFORE_AUTHENTICATION = 10_000;
    /** A picture to try, or a long request. */
    private static final long MOST_BYTES = 16 << 20;
    /** What a body of any length may be sent to. */
    private static final String UPLOADS = "/datasets/uploads";

    private static final Pattern ORIGIN = Pattern.compile("(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");

    /** As the policy {@code assets} has them, without the way out. */
    private static final Pattern OPEN = Pattern.compile("/(assets|webjars)/.*|/sign-in|/favicon\\.ico");

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final Set<String> hosts;

    BrowserGuard(ConsoleConfig config) {
        this.hosts = hosts(config);
    }

    /** The names by which browsers may call the console. */
    static Set<String> hosts(ConsoleConfig config) {
        return Stream.concat(LOOPBACK.stream(), config.hosts().orElse(Set.of()).stream())
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_AUTHENTICATION);
    }

    private void check(RoutingContext http) {
        HttpServerRequest request = http.request();
        PageHeaders.add(http.response().headers());
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            http.response()
                    .setStatusCode(HttpResponseStatus.FORBIDDEN.code())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(JsonObject.of("error", refusal.get()).toBuffer())
                    // Nobody reads the rest of a body.
                    .onComplete(sent -> request.connection().close());
            return;
        }
        showCredential(request);
        if (Stranger.isPageLoad(request)) {
            Stranger.leadToSignIn(http);
        }
        http.next();
    }

    private static void showCredential(HttpServerRequest request) {
        String path = request.path();
        if (OPEN.matcher(path).matches()) {
            request.headers().remove(HttpHeaders.COOKIE);
        } else if (!path.equals(ProviderMechanism.SIGN_IN)
                && !path.equals(ProviderMechanism.SIGN_OUT)
                && !request.headers().contains(HttpHeaders.AUTHORIZATION)) {
            SignInCookie.of(request)
                    .ifPresent(credential -> request.headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + credential));
        }
    }

    /** Why a request isn't taken. */
    private Optional<String> refusal(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : bare(authority.host());
        if (!hosts.contains(host)) {
            return Optional.of("Host is %s, must be one of catwalk.console.hosts or a name of the loopback address"
                    .formatted(ShownValue.of(host)));
        }
        if (READING.contains(request.method())) {
            return Optional.empty();
        }
        String origin = String.valueOf(request.getHeader(HttpHeaders.ORIGIN));
        if (!isOwn(origin, host, authority.port())) {
            return Optional.of(
                    "Origin is %s, must be the console's own, %s".formatted(ShownValue.of(origin), authority));
        }
        return request.path().equals(UPLOADS) ? Optional.empty() : tooLong(request);
    }

    /** Whatever the scheme: before the console TLS may have ended. */
    private static boolean isOwn(String origin, String host, int port) {
        Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!parts.matches() || !bare(parts.group(2)).equals(host)) {
            return false;
        }
        int usual = parts.group(1).equals("https") ? 443 : 80;
        int shown = parts.group(3) == null ? usual : Integer.parseInt(parts.group(3));
        return shown == (port > 0 ? port : usual);
    }

    private static Optional<String> tooLong(HttpServerRequest request) {
        boolean hasNone = !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        String length = hasNone ? "0" : String.valueOf(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        return length.matches("[0-9]{1,9}") && Long.parseLong(length) <= MOST_BYTES
                ? Optional.empty()
                : Optional.of("Content-Length is %s, must be 0 to %d".formatted(ShownValue.of(length), MOST_BYTES));
    }

    /** Without the brackets of an IPv6 address. */
    static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
    }
}
