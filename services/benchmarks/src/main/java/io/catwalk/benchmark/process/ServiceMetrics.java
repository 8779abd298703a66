package io.catwalk.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;

/** The metrics of a running service. */
public final class ServiceMetrics {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    /** @param management any address of its management port */
    public ServiceMetrics(URI management) {
        this.address = management.resolve("/q/metrics");
    }

    /** Whether a series is there. */
    public boolean shows(String series) {
        return text().lines().anyMatch(line -> line.startsWith(series));
    }

    /** The sum of all series whose names begin with a text. */
    public double sum(String series) {
        return text().lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String text() {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
