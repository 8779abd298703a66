package io.catwalk.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM to start beside this one, with the same Java.
 *
 * @param classPath directories and jars, including this class
 * @param mainClass run under a {@link Tether}
 */
public record JavaCommand(List<Path> classPath, String mainClass, List<String> jvmFlags, List<String> arguments) {
    public JavaCommand {
        classPath = List.copyOf(classPath);
        jvmFlags = List.copyOf(jvmFlags);
        arguments = List.copyOf(arguments);
    }

    /**
     * The words of the command line. The shell ignores SIGINT and SIGHUP for the JVM to inherit: a terminal sends them to
     * the whole group, and only the starter shall act on them, so that the children end in its order.
     */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmFlags);
        words.add(Tether.class.getName());
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }

    /** The value of {@code CLASSPATH}: kept out of the command line, where it would bury all else. */
    String classPathVariable() {
        return String.join(
                System.getProperty("path.separator"),
                classPath.stream().map(Path::toString).toList());
    }
}
