package io.catwalk.system.monitoring;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.local.LocalStack;
import io.catwalk.local.process.LocalPort;

/**
 * A Prometheus process, Debian's, with the configuration and rules of {@code deploy/prometheus}: it scrapes a stack each
 * second.
 */
public final class Prometheus implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    /** Ends Prometheus when this process does: then the pipe that it reads from ends. */
    private static final String TETHER = "\"$@\" & pid=$!; cat >/dev/null; kill $pid; wait $pid";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param folder gets its configuration, data and log
     * @throws AssertionError when Prometheus isn't installed or doesn't start
     */
    public static Prometheus start(LocalStack stack, Path folder) {
        requireInstalled();
        Path config = writeConfig(stack, folder);
        int port = LocalPort.free();
        Path log = folder.resolve("prometheus.log");
        List<String> command = List.of(
                "sh",
                "-c",
                TETHER,
                "sh",
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        Prometheus prometheus = new Prometheus(run(command, log), URI.create("http://127.0.0.1:" + port));
        try {
            await("Prometheus isn't ready, see " + log).atMost(TIMEOUT).until(prometheus::isReady);
        } catch (RuntimeException e) {
            prometheus.close();
            throw e;
        }
        return prometheus;
    }

    private static void requireInstalled() {
        try {
            new ProcessBuilder("prometheus", "--version")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError("no Prometheus: install Debian's package prometheus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Process run(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's own configuration, but for the pace and the ports. */
    private static Path writeConfig(LocalStack stack, Path folder) {
        Path root = stack.settings().root();
        try {
            String config = Files.readString(root.resolve("deploy/prometheus/prometheus.yml"))
                    .replace("../../charts", root.resolve("charts").toString())
                    .replace("_interval: 5s", "_interval: 1s");
            Files.createDirectories(folder.resolve("targets"));
            Files.writeString(folder.resolve("targets/services.yaml"), targets(stack));
            return Files.writeString(folder.resolve("prometheus.yml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String targets(LocalStack stack) {
        return Stream.of("ingestion", "training", "evaluation", "serving")
                .map(service -> "- {targets: [\"%s\"], labels: {job: catwalk-%s}}%n"
                        .formatted(stack.management(service).getAuthority(), service))
                .collect(Collectors.joining());
    }

    private boolean isReady() {
        try {
            return client.send(
                                    HttpRequest.newBuilder(address.resolve("/-/ready"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * What an expression gives now.
     *
     * @throws AssertionError with Prometheus' error, when it can't be evaluated
     */
    public List<Series> query(String expression) {
        return ask("query", Map.of("query", expression));
    }

    /**
     * What an expression gives over a time.
     *
     * @throws AssertionError with Prometheus' error, when it can't be evaluated
     */
    public List<Series> query(String expression, Instant from, Instant to, Duration step) {
        return ask(
                "query_range",
                Map.of(
                        "query", expression,
                        "start", seconds(from),
                        "end", seconds(to),
                        "step", String.format(Locale.ROOT, "%.3f", step.toMillis() / 1e3)));
    }

    private static String seconds(Instant time) {
        return String.format(Locale.ROOT, "%.3f", time.toEpochMilli() / 1e3);
    }

    private List<Series> ask(String what, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/" + what + "?" + query))
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofString());
            JsonNode answer = mapper.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new AssertionError(answer.path("error").asText() + " in: " + parameters.get("query"));
            }
            return series(answer.path("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static List<Series> series(JsonNode data) {
        if (data.path("resultType").asText().equals("scalar")) {
            return List.of(new Series(Map.of(), List.of(sample(data.path("result")))));
        }
        List<Series> all = new ArrayList<>();
        for (JsonNode result : data.path("result")) {
            Map<String, String> labels = new HashMap<>();
            result.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            all.add(new Series(labels, samples(result)));
        }
        return all;
    }

    private static List<Series.Sample> samples(JsonNode result) {
        if (result.has("value")) {
            return List.of(sample(result.path("value")));
        }
        List<Series.Sample> samples = new ArrayList<>();
        result.path("values").forEach(value -> samples.add(sample(value)));
        return samples;
    }

    private static Series.Sample sample(JsonNode pair) {
        String value = pair.path(1).asText().replace("Inf", "Infinity");
        return new Series.Sample(pair.path(0).asDouble(), Double.parseDouble(value));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
