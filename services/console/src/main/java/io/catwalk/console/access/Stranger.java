package io.catwalk.console.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** A browser whose user isn't signed in, or not any more. */
final class Stranger {
    private static final String FROM_ELSEWHERE = "cross-site";

    private Stranger() {}

    /** Whether a browser loads a page, rather than a part of one. */
    static boolean isPageLoad(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET) && accepted != null && accepted.startsWith("text/html");
    }

    /** Turns the answer 401 into the way to the sign-in, which leads back. */
    static void leadToSignIn(RoutingContext http) {
        HttpServerRequest request = http.request();
        boolean fromElsewhere = FROM_ELSEWHERE.equals(request.getHeader("Sec-Fetch-Site"));
        http.addHeadersEndHandler(unused -> {
            HttpServerResponse response = http.response();
            if (response.getStatusCode() != HttpResponseStatus.UNAUTHORIZED.code()) {
                return;
            }
            response.headers().remove(HttpHeaderNames.WWW_AUTHENTICATE);
            if (request.path().equals(ProviderMechanism.SIGN_IN)) {
                ProviderSession.forget(http);
                lead(response, request, SignInProblem.FAILED);
            } else if (fromElsewhere && SignInCookie.of(request).isEmpty()) {
                // A strict cookie doesn't come with a link of another site; it does when the page asks for itself
                // again.
                response.setStatusCode(HttpResponseStatus.OK.code()).putHeader("Refresh", "0");
            } else {
                redirect(response, "/sign-in?to=" + back(request));
            }
        });
    }

    /** To the sign-in, which says why and leads back. */
    static void lead(HttpServerResponse response, HttpServerRequest request, SignInProblem problem) {
        redirect(response, "/sign-in?problem=" + problem.word() + "&to=" + back(request));
    }

    private static void redirect(HttpServerResponse response, String address) {
        response.setStatusCode(HttpResponseStatus.SEE_OTHER.code()).putHeader(HttpHeaders.LOCATION, address);
    }

    /** The page that was asked for; from the provider's sign-in, what it was to lead to. */
    private static String back(HttpServerRequest request) {
        String page = request.path().equals(ProviderMechanism.SIGN_IN)
                ? Optional.ofNullable(request.getParam("to")).orElse("/")
                : request.uri();
        return URLEncoder.encode(page, StandardCharsets.UTF_8);
    }
}
