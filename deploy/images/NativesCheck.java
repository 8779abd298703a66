import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Fails when a built service holds natives of another platform than linux-x86_64, or TensorFlow's for CPU and GPU both.
 * Arguments: the services' folders.
 */
public final class NativesCheck {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|a|dll|dylib|jnilib)");
    private static final Pattern OWN = Pattern.compile(".*linux[-_/]?(x86_64|amd64|x64)(-gpu)?/.*");
    private static final Pattern TENSORFLOW = Pattern.compile("org/tensorflow/.*/([^/]+)/[^/]+");

    private NativesCheck() {}

    public static void main(String[] services) throws IOException {
        boolean sound = true;
        for (String service : services) {
            sound &= holdsOnlyItsOwn(Path.of(service, "target/quarkus-app/lib/main"));
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean holdsOnlyItsOwn(Path libraries) throws IOException {
        boolean sound = true;
        Set<String> flavours = new TreeSet<>();
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path jar : jars.toList()) {
                List<String> natives = natives(jar);
                natives.stream().flatMap(entry -> flavour(entry).stream()).forEach(flavours::add);
                for (String foreign : natives.stream().filter(NativesCheck::isForeign).toList()) {
                    System.err.println(jar + " holds " + foreign + ": name it in deploy/images/other-platforms.txt");
                    sound = false;
                }
            }
        }
        if (flavours.size() > 1) {
            System.err.println(libraries + " holds TensorFlow's natives " + flavours + ": must be of one flavour");
            sound = false;
        }
        return sound;
    }

    private static boolean isForeign(String entry) {
        return !OWN.matcher(entry.toLowerCase(Locale.ROOT)).matches();
    }

    private static List<String> natives(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> NATIVE.matcher(name).matches())
                    .toList();
        }
    }

    private static Optional<String> flavour(String entry) {
        Matcher tensorflow = TENSORFLOW.matcher(entry);
        return tensorflow.matches() ? Optional.of(tensorflow.group(1)) : Optional.empty();
    }
}
