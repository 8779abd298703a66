package io.catwalk.console.access;

import io.vertx.core.MultiMap;

/** What tells a browser to run nothing but the console's own modules, and to show it in no other page. */
public final class PageHeaders {
    /** The header. */
    public static final String POLICY = "Content-Security-Policy";

    private static final String OWN_PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Of a page that a service made: its styles and pictures, no scripts, and an origin of its own. */
    public static final String SERVICES_PAGES =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    private PageHeaders() {}

    static void add(MultiMap headers) {
        headers.set(POLICY, OWN_PAGES)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Permissions-Policy", "geolocation=(), microphone=()");
    }
}
