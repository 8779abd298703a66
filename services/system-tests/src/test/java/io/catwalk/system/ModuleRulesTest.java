package io.catwalk.system;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The module rules of {@code services/README.md}. */
class ModuleRulesTest {
    /** Each module that ships, and those of the others that it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("event-contracts", Set.of()),
            Map.entry("supervision", Set.of()),
            Map.entry("object-store", Set.of()),
            Map.entry("dataset-format", Set.of()),
            Map.entry("network", Set.of()),
            Map.entry("model-archives", Set.of("object-store", "network")),
            Map.entry("journal", Set.of("supervision", "object-store")),
            Map.entry("service-chassis", Set.of("event-contracts", "object-store", "journal")),
            Map.entry(
                    "job-chassis",
                    Set.of(
                            "service-chassis",
                            "supervision",
                            "event-contracts",
                            "object-store",
                            "journal",
                            "dataset-format")),
            Map.entry(
                    "ingestion",
                    Set.of(
                            "service-chassis",
                            "job-chassis",
                            "supervision",
                            "event-contracts",
                            "object-store",
                            "journal",
                            "dataset-format")),
            Map.entry(
                    "training",
                    Set.of(
                            "service-chassis",
                            "job-chassis",
                            "supervision",
                            "event-contracts",
                            "object-store",
                            "journal",
                            "dataset-format",
                            "network")),
            Map.entry(
                    "evaluation",
                    Set.of(
                            "service-chassis",
                            "job-chassis",
                            "supervision",
                            "event-contracts",
                            "object-store",
                            "journal",
                            "dataset-format",
                            "network",
                            "model-archives")),
            Map.entry(
                    "serving",
                    Set.of(
                            "service-chassis",
                            "supervision",
                            "event-contracts",
                            "object-store",
                            "journal",
                            "network",
                            "model-archives")));

    private static final Map<String, Set<String>> MAY_KNOW_OUTSIDE = Map.of(
            "pipeline-client", Set.of("event-contracts"),
            "local", Set.of("event-contracts", "pipeline-client"),
            "benchmarks",
                    Set.of("event-contracts", "pipeline-client", "network", "dataset-format", "training", "local"),
            "installation", Set.of("event-contracts", "pipeline-client", "object-store", "dataset-format"));
    /** Modules of tests alone. */
    private static final Set<String> TESTS = Set.of("system-tests", "tests");

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Map<String, Path> FOLDERS = folders();
    private static final Map<String, JavaClasses> CLASSES = modules()
            .collect(Collectors.toMap(
                    Function.identity(),
                    module -> new ClassFileImporter()
                            .importPath(FOLDERS.get(module).resolve("target/classes"))));
    private static final Map<String, String> MODULE_OF = new HashMap<>();

    static {
        CLASSES.forEach((module, own) -> own.forEach(type -> MODULE_OF.put(type.getName(), module)));
    }

    static Stream<String> modules() {
        return Stream.of(MAY_KNOW, MAY_KNOW_OUTSIDE)
                .flatMap(rules -> rules.keySet().stream())
                .sorted();
    }

    @Test
    void eachModuleOfTheBuildHasItsRuleAndItsClasses() {
        assertThat(FOLDERS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(modules(), TESTS.stream()).toList());
        assertThat(CLASSES)
                .allSatisfy((module, own) -> assertThat(own).as(module).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsOnlyThoseThatItMay(String module) {
        Set<String> allowed = mayKnow(module);
        DescribedPredicate<JavaClass> foreign = describe(
                "are of a module other than " + module + " and " + allowed,
                type -> type.getPackageName().startsWith("io.catwalk.")
                        && !module.equals(moduleOf(type))
                        && !allowed.contains(moduleOf(type)));
        noClasses().should().dependOnClassesThat(foreign).check(CLASSES.get(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModulesPomNamesOnlyThoseThatItMayKnow(String module) {
        assertThat(dependencies(FOLDERS.get(module))).isSubsetOf(mayKnow(module));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event-contracts",
                "pipeline-client",
                "supervision",
                "object-store",
                "journal",
                "dataset-format",
                "network",
                "model-archives"
            })
    void contractsAndLibrariesKnowNoQuarkus(String library) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile..")
                .check(CLASSES.get(library));
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervision", "object-store", "journal", "dataset-format", "network", "model-archives"})
    void librariesKnowNoKafka(String library) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(CLASSES.get(library));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event-contracts",
                "pipeline-client",
                "supervision",
                "object-store",
                "journal",
                "dataset-format",
                "service-chassis",
                "job-chassis",
                "ingestion",
                "local"
            })
    void onlyTheNetworkAndWhoStandsOnItKnowTensorFlow(String module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tensorflow..")
                .check(CLASSES.get(module));
    }

    @Test
    void theDatasetFormatStandsOnTheJdkAlone() {
        classes()
                .should(onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", "org.jspecify..", "io.catwalk.dataset")))
                .check(CLASSES.get("dataset-format"));
    }

    private static Set<String> mayKnow(String module) {
        return MAY_KNOW.containsKey(module) ? MAY_KNOW.get(module) : MAY_KNOW_OUTSIDE.get(module);
    }

    /** Empty for a class that none of the modules has. */
    private static String moduleOf(JavaClass type) {
        return MODULE_OF.getOrDefault(type.getBaseComponentType().getName(), "");
    }

    /** The modules that the root pom names, by their last segments. */
    private static Map<String, Path> folders() {
        return texts(pom(ROOT).getElementsByTagName("module"))
                .map(ROOT::resolve)
                .collect(Collectors.toMap(folder -> folder.getFileName().toString(), Function.identity()));
    }

    /** Those of the project's own modules that a pom names for more than its tests. */
    private static Set<String> dependencies(Path folder) {
        return elements(pom(folder).getElementsByTagName("dependency"))
                .filter(dependency -> text(dependency, "groupId").equals("io.catwalk"))
                .filter(dependency -> !text(dependency, "scope").equals("test"))
                .map(dependency -> text(dependency, "artifactId"))
                .collect(Collectors.toSet());
    }

    private static String text(Element parent, String child) {
        return texts(parent.getElementsByTagName(child)).findFirst().orElse("");
    }

    private static Stream<String> texts(NodeList nodes) {
        return elements(nodes).map(element -> element.getTextContent().strip());
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static Document pom(Path folder) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("pom.xml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("not a pom: " + folder, e);
        }
    }
}
