package io.catwalk.console.access;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a browser does: keeps each host's cookies and follows redirects. It keeps secure cookies, as for the loopback address. */
final class Visit {
    private static final int MOST_REDIRECTS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI console;
    private final Map<String, HttpCookie> cookies = new TreeMap<>();
    private final List<URI> way = new ArrayList<>();
    private final List<String> set = new ArrayList<>();

    Visit(URI console) {
        this.console = console;
    }

    /** Opens a page and goes on until one is shown. */
    HttpResponse<String> open(String page) {
        way.clear();
        set.clear();
        URI next = console.resolve(page);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> answer = once(next);
            if (answer.statusCode() / 100 != 3) {
                return answer;
            }
            next = next.resolve(answer.headers().firstValue("Location").orElseThrow());
        }
        throw new AssertionError("too many redirects: " + way);
    }

    /** Opens a page and stays there. */
    HttpResponse<String> once(URI page) {
        way.add(page);
        return send(HttpRequest.newBuilder(page).GET(), page);
    }

    /** Sends a form of the console's. */
    HttpResponse<String> submit(String path, Map<String, String> fields) {
        way.clear();
        set.clear();
        URI page = console.resolve(path);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(page)
                        .header("Origin", console.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                page);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI page) {
        request.header("Accept", "text/html,*/*").timeout(PATIENCE);
        if (page.getPort() == console.getPort() && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.values().stream()
                            .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (page.getPort() == console.getPort()) {
                answer.headers().allValues("Set-Cookie").forEach(this::keep);
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String header) {
        set.add(header);
        HttpCookie cookie = HttpCookie.parse(header).getFirst();
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie);
        }
    }

    /** The pages of the last way, in order. */
    List<URI> way() {
        return List.copyOf(way);
    }

    /** The page that is shown, by its path and query. */
    String page() {
        URI last = way.getLast();
        return last.getRawQuery() == null ? last.getPath() : last.getPath() + "?" + last.getRawQuery();
    }

    /** The headers {@code Set-Cookie} of the last way. */
    List<String> set() {
        return List.copyOf(set);
    }

    Map<String, HttpCookie> cookies() {
        return cookies;
    }
}
