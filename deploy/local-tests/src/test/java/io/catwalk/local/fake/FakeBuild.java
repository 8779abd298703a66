package io.catwalk.local.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.local.process.StackClassPath;

/** A project's folder as the build leaves it, with fake services. */
public final class FakeBuild {
    private static final List<String> SERVICES = List.of("ingestion", "training", "evaluation", "serving");

    private FakeBuild() {}

    public static void make(Path root) throws IOException {
        for (String service : SERVICES) {
            Files.createDirectories(application(root, service));
            Path jar = application(root, service).resolve("quarkus-run.jar");
            new JarOutputStream(Files.newOutputStream(jar), manifest()).close();
        }
    }

    /** Makes a service misbehave at its work. */
    public static void order(Path root, String service, String orders) throws IOException {
        Files.writeString(application(root, service).resolve("orders"), orders);
    }

    private static Path application(Path root, String service) {
        return root.resolve("services/" + service + "/target/quarkus-app");
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.concat(Stream.of(testClasses()), StackClassPath.all().stream())
                        .map(path -> path.toUri().toString())
                        .collect(Collectors.joining(" ")));
        return manifest;
    }

    public static Path testClasses() {
        return Path.of(FakeService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
