package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pod meets the restricted pod security standard, and more: a read-only root, no token, limited memory. */
class PodSecurityTest {
    @ParameterizedTest
    @EnumSource
    void everyPodIsRestricted(ValueSet set) {
        List<Resource> workloads = workloads(set);

        assertThat(workloads).hasSizeGreaterThanOrEqualTo(5);
        assertThat(workloads).allSatisfy(workload -> check(workload.podSpec().orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource
    void noPodMayCallTheApiServer(ValueSet set) {
        assertThat(workloads(set)).allSatisfy(workload -> {
            Tree pod = workload.podSpec().orElseThrow();
            assertThat(pod.at("automountServiceAccountToken").isFalse()).isTrue();
            assertThat(pod.at("serviceAccountName").text()).isNotEmpty().isNotEqualTo("default");
        });
        assertThat(Chart.render(set.yaml()))
                .noneMatch(resource -> resource.kind().endsWith("RoleBinding"));
    }

    @ParameterizedTest
    @EnumSource
    void secretsAreFiles(ValueSet set) {
        assertThat(workloads(set).stream()
                        .flatMap(workload -> containers(workload.podSpec().orElseThrow()))
                        .flatMap(container -> container.at("env").elements()))
                .allSatisfy(variable -> assertThat(
                                variable.at("valueFrom", "secretKeyRef").value())
                        .isEmpty());
    }

    private static void check(Tree pod) {
        Tree security = pod.at("securityContext");
        assertThat(security.at("runAsNonRoot").isTrue()).isTrue();
        assertThat(Integer.parseInt(security.at("runAsUser").text())).isPositive();
        assertThat(security.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("hostNetwork").value()).isEmpty();
        assertThat(pod.at("hostPID").value()).isEmpty();
        assertThat(pod.at("volumes").elements())
                .allSatisfy(volume -> assertThat(volume.keys())
                        .isSubsetOf("name", "emptyDir", "configMap", "secret", "projected", "persistentVolumeClaim"));
        assertThat(containers(pod)).allSatisfy(PodSecurityTest::checkContainer);
    }

    private static void checkContainer(Tree container) {
        Tree security = container.at("securityContext");
        assertThat(security.at("allowPrivilegeEscalation").isFalse()).isTrue();
        assertThat(security.at("readOnlyRootFilesystem").isTrue()).isTrue();
        assertThat(security.at("privileged").value()).isEmpty();
        assertThat(security.at("capabilities", "drop").elements().map(Tree::text))
                .containsExactly("ALL");
        assertThat(security.at("capabilities", "add").value()).isEmpty();
        assertThat(container.at("resources", "limits", "memory").text()).isNotEmpty();
        assertThat(container.at("resources", "requests", "cpu").text()).isNotEmpty();
        assertThat(container
                        .at("ports")
                        .elements()
                        .map(port -> port.at("hostPort").text()))
                .allMatch(String::isEmpty);
    }

    private static Stream<Tree> containers(Tree pod) {
        return Stream.concat(
                pod.at("containers").elements(), pod.at("initContainers").elements());
    }

    private static List<Resource> workloads(ValueSet set) {
        return Chart.render(set.yaml()).stream()
                .filter(resource -> resource.podSpec().isPresent())
                .toList();
    }
}
