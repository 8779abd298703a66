package io.catwalk.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** The table of {@code docs/faults.md}. With {@code -Dfaults.write=true} its last column is written anew. */
class FaultTableTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/faults.md");
    private static final int COLUMNS = 5;

    private final Map<Integer, SortedSet<String>> tests = TaggedTests.find(ROOT);

    @Test
    void eachFaultHasATest() throws IOException {
        List<Integer> faults = rows().stream().map(FaultTableTest::number).toList();
        assertThat(faults)
                .isEqualTo(IntStream.rangeClosed(1, faults.size()).boxed().toList());
        assertThat(tests.keySet()).isEqualTo(new TreeSet<>(faults));
    }

    @Test
    void namesTheTestsOfEachFault() throws IOException {
        if (Boolean.getBoolean("faults.write")) {
            Files.writeString(
                    PAGE,
                    Files.readString(PAGE).lines().map(this::written).collect(Collectors.joining("\n", "", "\n")));
        }
        assertThat(rows())
                .as("after a change of the tests, write the page with -Dfaults.write=true")
                .allSatisfy(row -> assertThat(row).isEqualTo(written(row)));
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(FaultTableTest::isRow).toList();
    }

    private static boolean isRow(String line) {
        return line.matches("\\| [0-9]+ \\|.*");
    }

    private static int number(String row) {
        return Integer.parseInt(row.split(" ")[1]);
    }

    private String written(String line) {
        if (!isRow(line)) {
            return line;
        }
        String[] cells = Arrays.copyOf(line.split("\\|"), COLUMNS);
        cells[COLUMNS - 1] = " " + named(tests.getOrDefault(number(line), new TreeSet<>())) + " ";
        return String.join("|", cells) + "|";
    }

    /** Tests by their modules. */
    private static String named(Collection<String> tests) {
        return tests.stream()
                .collect(Collectors.groupingBy(
                        test -> test.split(": ")[0],
                        Collectors.mapping(test -> "`" + test.split(": ")[1] + "`", Collectors.joining(", "))))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(module -> module.getKey() + ": " + module.getValue())
                .collect(Collectors.joining("; "));
    }
}
