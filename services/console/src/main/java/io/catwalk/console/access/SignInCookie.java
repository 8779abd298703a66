package io.catwalk.console.access;

import java.util.Optional;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;

/** Keeps the caller's key or token in the browser, out of reach of scripts and of other sites: decision 0029. */
final class SignInCookie {
    static final String NAME = "catwalk-sign-in";

    private SignInCookie() {}

    static Optional<String> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(NAME))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** It ends with the browser. */
    static Cookie holding(String credential, boolean overTls) {
        return Cookie.cookie(NAME, credential)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(overTls)
                .setSameSite(CookieSameSite.STRICT);
    }

    static Cookie gone() {
        return holding("", false).setMaxAge(0);
    }
}
