package io.catwalk.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module rules of {@code services/README.md}. */
class ModuleRulesTest {
    private static final List<String> LIBRARIES =
            List.of("event-contracts", "object-store", "journal", "dataset-format", "network");
    private static final List<String> SERVICES = List.of("ingestion", "training", "evaluation", "serving");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Stream.of(LIBRARIES, List.of("chassis"), SERVICES)
                    .flatMap(List::stream)
                    .map(module -> ROOT.resolve(module).resolve("target/classes"))
                    .toList());

    @Test
    void allModulesAreLookedAt() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.catwalk.events",
                        "io.catwalk.objectstore",
                        "io.catwalk.journal",
                        "io.catwalk.dataset",
                        "io.catwalk.network",
                        "io.catwalk.chassis.jobs")
                .anyMatch(name -> name.startsWith("io.catwalk.ingestion"))
                .anyMatch(name -> name.startsWith("io.catwalk.training.run"))
                .anyMatch(name -> name.startsWith("io.catwalk.evaluation.registry"))
                .anyMatch(name -> name.startsWith("io.catwalk.serving"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.catwalk.events",
                "io.catwalk.objectstore",
                "io.catwalk.journal",
                "io.catwalk.dataset",
                "io.catwalk.network"
            })
    void contractsAndLibrariesKnowNoQuarkus(String library) {
        check(noClasses()
                .that()
                .resideInAnyPackage(library + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile.."));
    }

    @Test
    void theJournalKnowsNoKafka() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.catwalk.journal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.catwalk.events.."));
    }

    @Test
    void theDatasetFormatStandsOnTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage("io.catwalk.dataset")
                .should(onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", "org.jspecify..", "io.catwalk.dataset"))));
    }

    @Test
    void theNetworkStandsOnTensorFlow() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.catwalk.network..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.catwalk..").and(not(resideInAnyPackage("io.catwalk.network..")))));
    }

    @Test
    void theChassisKnowsNoServiceAndNoTensorFlow() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.catwalk.chassis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.catwalk.ingestion..",
                        "io.catwalk.training.run..",
                        "io.catwalk.evaluation.registry..",
                        "io.catwalk.serving..",
                        "io.catwalk.network..",
                        "org.tensorflow.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving"})
    void aServiceDependsOnNoOther(String service) {
        JavaClasses own =
                new ClassFileImporter().importPath(ROOT.resolve(service).resolve("target/classes"));
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.catwalk." + other + "..")
                .toArray(String[]::new);
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(others).and(not(resideInAnyPackage("io.catwalk.*.v1"))));
        rule.check(own);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
