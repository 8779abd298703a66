package io.catwalk.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.marcnuri.helm.Helm;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart, rendered without a cluster. */
final class Chart {
    static final Path FOLDER = Path.of("../catwalk").toAbsolutePath().normalize();

    private Chart() {}

    /**
     * What the chart makes of values, hooks aside. Secrets are given rather than generated, as Helm looks for those that it
     * generated before in the cluster.
     *
     * @param values YAML, on top of the chart's own
     * @throws IllegalStateException with Helm's message when it refuses them
     */
    static List<Resource> render(String values) {
        String text = withValues(
                values,
                file -> new Helm(FOLDER)
                        .template()
                        .withName("c")
                        .withNamespace("pipeline")
                        .withKubeVersion("1.31.0")
                        .withValuesFile(file)
                        .set("objectStore.bundled.accessKey", "given")
                        .set("objectStore.bundled.secretKey", "given-secret")
                        .set("monitoring.grafana.existingSecret", "given")
                        .call());
        return StreamSupport.stream(yaml().loadAll(text).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(document -> new Resource(Tree.of(document)))
                .toList();
    }

    static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        return new Yaml(new SafeConstructor(options));
    }

    private static <T> T withValues(String values, Use<T> use) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return use.with(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(Path file);
    }
}
