import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Fails when a built service holds natives of another platform than linux-x86_64. Arguments: the services' folders. */
public final class NativesCheck {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|a|dll|dylib|jnilib)");
    private static final Pattern OWN = Pattern.compile(".*linux[-_/]?(x86_64|amd64|x64)/.*");

    private NativesCheck() {}

    public static void main(String[] services) throws IOException {
        boolean foreign = false;
        for (String service : services) {
            Path libraries = Path.of(service, "target/quarkus-app/lib/main");
            try (Stream<Path> jars = Files.list(libraries)) {
                for (Path jar : jars.toList()) {
                    for (String entry : foreign(jar)) {
                        System.err.println(jar + " holds " + entry + ": name it in deploy/images/other-platforms.txt");
                        foreign = true;
                    }
                }
            }
        }
        System.exit(foreign ? 1 : 0);
    }

    private static List<String> foreign(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> NATIVE.matcher(name).matches())
                    .filter(name -> !OWN.matcher(name.toLowerCase(Locale.ROOT)).matches())
                    .toList();
        }
    }
}
