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
    private static final Set<String> OF_SERVICES =
            Set.of("service-chassis", "access-control", "supervision", "event-contracts", "object-store", "journal");
    private static final Set<String> OF_JOBS = and(OF_SERVICES, "job-chassis", "dataset-format");

    /** Each module that ships, and those of the others that it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("event-contracts", Set.of()),
            Map.entry("inference-protocols", Set.of()),
            Map.entry("supervision", Set.of()),
            Map.entry("access-control", Set.of()),
            Map.entry("object-store", Set.of()),
            Map.entry("dataset-format", Set.of()),
            Map.entry("drift-detection", Set.of()),
            Map.entry("picture-decoding", Set.of()),
            Map.entry("picture-sets", Set.of("dataset-format", "picture-decoding")),
            Map.entry("network", Set.of()),
            Map.entry("onnx-inference", Set.of("network")),
            Map.entry("model-archives", Set.of("object-store", "network", "onnx-inference")),
            Map.entry("journal", Set.of("supervision", "object-store")),
            Map.entry("service-chassis", Set.of("access-control", "event-contracts", "object-store", "journal")),
            Map.entry("job-chassis", OF_JOBS),
            Map.entry("console", Set.of("service-chassis", "access-control", "supervision", "event-contracts")),
            Map.entry("ingestion", and(OF_JOBS, "picture-decoding", "picture-sets")),
            Map.entry("training", and(OF_JOBS, "network")),
            Map.entry("evaluation", and(OF_JOBS, "network", "model-archives", "drift-detection")),
            Map.entry(
                    "serving",
                    and(
                            OF_SERVICES,
                            "inference-protocols",
                            "network",
                            "model-archives",
                            "drift-detection",
                            "picture-decoding")));

    private static final Map<String, Set<String>> MAY_KNOW_OUTSIDE = Map.of(
            "pipeline-client", Set.of("event-contracts"),
            "conformance", Set.of("inference-protocols"),
            "local", Set.of("event-contracts", "pipeline-client"),
            "benchmarks",
                    Set.of(
                            "access-control",
                            "event-contracts",
                            "pipeline-client",
                            "network",
                            "onnx-inference",
                            "dataset-format",
                            "drift-detection",
                            "inference-protocols",
                            "training",
                            "local"),
            "history-check", Set.of("event-contracts", "object-store", "journal"),
            "installation",
                    Set.of(
                            "access-control",
                            "event-contracts",
                            "pipeline-client",
                            "object-store",
                            "journal",
                            "dataset-format",
                            "history-check"));
    private static final String[] QUARKUS = {"io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile.."
    };
    /** Modules of tests alone. */
    private static final Set<String> TESTS = Set.of("fuzzing", "local-tests", "system-tests", "tests");

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
                "access-control",
                "supervision",
                "object-store",
                "journal",
                "dataset-format",
                "drift-detection",
                "picture-decoding",
                "picture-sets",
                "network",
                "model-archives"
            })
    void librariesKnowNeitherQuarkusNorKafka(String library) {
        requireNone(library, QUARKUS);
        requireNone(library, "org.apache.kafka..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event-contracts", "inference-protocols", "pipeline-client", "conformance", "history-check"})
    void contractsAndTheirClientKnowNoQuarkus(String library) {
        requireNone(library, QUARKUS);
    }

    static Stream<String> modulesWithoutTheNetwork() {
        return modules()
                .filter(module -> !module.equals("network") && !mayKnow(module).contains("network"));
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutTheNetwork")
    void onlyTheNetworkAndWhoStandsOnItKnowTensorFlow(String module) {
        requireNone(module, "org.tensorflow..");
    }

    @Test
    void theDatasetFormatStandsOnTheJdkAlone() {
        classes()
                .should(onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", "org.jspecify..", "io.catwalk.dataset")))
                .check(CLASSES.get("dataset-format"));
    }

    private static void requireNone(String module, String... packages) {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(CLASSES.get(module));
    }

    private static Set<String> and(Set<String> modules, String... more) {
        return Stream.concat(modules.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
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
