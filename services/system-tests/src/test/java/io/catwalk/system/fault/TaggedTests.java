package io.catwalk.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's tests that bear {@code @Tag("fault-N")}, found in its sources. */
final class TaggedTests {
    private static final Pattern WORDS = Pattern.compile(
            "@Tag\\(\"fault-(?<fault>[0-9]+)\"\\)|^(?:final |abstract )?class (?<type>\\w+)|\\bvoid (?<method>\\w+)\\(",
            Pattern.MULTILINE);

    private TaggedTests() {}

    /** By the number of the fault: {@code module: Class} or {@code module: Class.method}. */
    static Map<Integer, SortedSet<String>> find(Path root) {
        Map<Integer, SortedSet<String>> found = new TreeMap<>();
        for (String folder : List.of("services", "deploy", "charts")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().contains("/src/test/java/")
                                && file.toString().endsWith(".java"))
                        .forEach(file -> read(module(root, file), file, found));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static String module(Path root, Path file) {
        return root.relativize(file).getName(1).toString();
    }

    private static void read(String module, Path file, Map<Integer, SortedSet<String>> found) {
        String type = file.getFileName().toString().replace(".java", "");
        List<Integer> faults = new ArrayList<>();
        Matcher words = WORDS.matcher(read(file));
        while (words.find()) {
            if (words.group("fault") != null) {
                faults.add(Integer.valueOf(words.group("fault")));
                continue;
            }
            String test = words.group("method") == null ? type : type + "." + words.group("method");
            faults.forEach(fault ->
                    found.computeIfAbsent(fault, unused -> new TreeSet<>()).add(module + ": " + test));
            faults.clear();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
