package io.catwalk.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A chart and the release that is rendered of it, beside the {@link FakeCluster}.
 *
 * @param generated whether Helm generates secrets; otherwise they are given, so that they are the same each time
 */
record Chart(Path folder, String release, boolean generated) {
    static final Path FOLDER = Path.of("../catwalk").toAbsolutePath().normalize();
    static final String NAMESPACE = "pipeline";

    private static final Chart USUAL = new Chart(FOLDER, "c", false);

    /** What the chart makes of values, hooks aside, with given secrets. */
    static List<Resource> render(String values) {
        return USUAL.resources(values);
    }

    static Chart generating() {
        return new Chart(FOLDER, "c", true);
    }

    /** A copy without its dashboards, which no value changes. */
    static Chart copy(Path folder) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path path = FOLDER.relativize(file);
                if (!path.startsWith("dashboards")) {
                    Path target = folder.resolve(path);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Chart(folder, "c", false);
    }

    Chart released(String name) {
        return new Chart(folder, name, generated);
    }

    /** The chart with a text of one of its files replaced. */
    Chart with(String file, String old, String now) {
        try {
            Path path = folder.resolve(file);
            String text = Files.readString(path);
            if (!text.contains(old)) {
                throw new IllegalArgumentException(file + " has no " + old);
            }
            Files.writeString(path, text.replace(old, now));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the chart makes of values, hooks aside.
     *
     * @param values YAML, on top of the chart's own
     * @throws IllegalStateException with Helm's message when it refuses them
     */
    List<Resource> resources(String values) {
        FakeCluster.running();
        String text = withValues(values, file -> command(file).call());
        return StreamSupport.stream(yaml().loadAll(text).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(document -> new Resource(Tree.of(document)))
                .toList();
    }

    private TemplateCommand command(Path values) {
        TemplateCommand command = new Helm(folder)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.31.0")
                .withValuesFile(values);
        return generated
                ? command
                : command.set("objectStore.bundled.accessKey", "given")
                        .set("objectStore.bundled.secretKey", "given-secret")
                        .set("monitoring.grafana.existingSecret", "given");
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
