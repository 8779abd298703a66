package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/alerts.md}: a section for each alert, whose queries Prometheus can read. */
class AlertsPageTest {
    private static final Path ROOT = Chart.FOLDER.resolve("../..").normalize();
    private static final Path RULES = Chart.FOLDER.resolve("rules/catwalk.yaml");
    private static final Pattern SECTION = Pattern.compile("(?m)^### (\\w+)\\n(.*?)(?=^##|\\z)", Pattern.DOTALL);
    private static final Pattern QUERIES = Pattern.compile("(?m)^```promql\\n(.*?)^```", Pattern.DOTALL);
    private static final Pattern METRIC = Pattern.compile("\\bcatwalk_[a-z0-9_]+");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)#([^)]+)\\)");

    private final String page = read(ROOT.resolve("docs/alerts.md"));

    @Test
    void eachAlertHasASectionAndNoSectionIsWithoutAnAlert() {
        assertThat(matches(SECTION, page).map(section -> section.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(alert -> alert.at("alert").text()).toList());
    }

    @Test
    void eachAlertPointsAtItsSection() {
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(
                                alert.at("annotations", "runbook").text())
                        .isEqualTo("docs/alerts.md#" + anchor(alert.at("alert").text())));
    }

    @Test
    void eachSectionSaysWhatItMeansWhatToLookAtAndWhatToDo() {
        assertThat(matches(SECTION, page))
                .allSatisfy(section -> assertThat(section.group(2))
                        .as(section.group(1))
                        .containsSubsequence("**Means.** ", "**Look at.**", "```promql\n", "**Do.** "));
    }

    @Test
    void itsQueriesAreQueries(@TempDir Path folder) throws IOException {
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(alerts().size());
        Promtool.run("check", "rules", recorded(folder, queries).toString());

        assertThatThrownBy(() -> Promtool.run(
                        "check",
                        "rules",
                        recorded(folder, List.of("rate(catwalk_runs")).toString()))
                .hasMessageContaining("parse error");
    }

    /** Those that a dashboard or a rule uses give numbers: the system tests run each against a pipeline at work. */
    @Test
    void itsMetricsAreThoseOfDashboardsAndRules() throws IOException {
        Set<String> known = metrics(read(RULES));
        try (Stream<Path> dashboards = Files.list(Chart.FOLDER.resolve("dashboards"))) {
            dashboards.map(AlertsPageTest::read).map(AlertsPageTest::metrics).forEach(known::addAll);
        }
        assertThat(metrics(page)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void itsLinksLeadToHeadings() {
        assertThat(matches(LINK, page)).isNotEmpty().allSatisfy(link -> {
            Path file = ROOT.resolve("docs").resolve(link.group(1).isEmpty() ? "alerts.md" : link.group(1));
            assertThat(read(file).lines().filter(line -> line.startsWith("#")).map(AlertsPageTest::anchor))
                    .as(link.group())
                    .contains(link.group(2));
        });
    }

    private List<String> queries() {
        return matches(QUERIES, page)
                .flatMap(block -> Arrays.stream(block.group(1).split("\n")))
                .toList();
    }

    private static Path recorded(Path folder, List<String> queries) throws IOException {
        String rules = queries.stream()
                .distinct()
                .map(query -> "  - {record: a:b:c, labels: {n: '%d'}, expr: '%s'}\n"
                        .formatted(queries.indexOf(query), query.replace("'", "''")))
                .collect(Collectors.joining("", "groups:\n- name: page\n  rules:\n", ""));
        return Files.writeString(folder.resolve("page.yaml"), rules);
    }

    private static List<Tree> alerts() {
        return Tree.of(Chart.yaml().load(read(RULES)))
                .at("groups")
                .elements()
                .flatMap(group -> group.at("rules").elements())
                .filter(rule -> !rule.at("alert").text().isEmpty())
                .toList();
    }

    private static Set<String> metrics(String text) {
        return matches(METRIC, text).map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
