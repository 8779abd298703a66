package io.catwalk.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which checks fail with which fault. */
final class ExpectedFailures {
    private ExpectedFailures() {}

    /** A line that isn't indented names a fault, those below it the checks that fail. */
    static Map<String, Set<String>> of(String resource) {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        try (InputStream file = ExpectedFailures.class.getResourceAsStream(resource)) {
            String fault = "";
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("  ")) {
                    expected.get(fault).add(line.strip());
                } else {
                    fault = line;
                    expected.put(fault, new TreeSet<>());
                }
            }
            return expected;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
