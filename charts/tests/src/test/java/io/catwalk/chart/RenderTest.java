package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenderTest {
    private final StrictTypes types = new StrictTypes();

    @Test
    void isLintedStrictly() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as(String.valueOf(result.getMessages())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void hasNoFieldThatItsTypeDoesNotKnow(ValueSet set) {
        List<Resource> resources = Chart.render(set.yaml());

        assertThat(resources).isNotEmpty();
        resources.forEach(types::check);
    }

    @Test
    void theTypesAreStrict() {
        assertThatThrownBy(() -> types.check(resource("Deployment", "replica"))).hasMessageContaining("replica");
        assertThatThrownBy(() -> types.check(resource("ServiceMonitor", "selectors")))
                .hasMessageContaining("selectors");
        assertThatThrownBy(() -> types.check(resource("KafkaTopic", "partition")))
                .hasMessageContaining("partition");
    }

    @ParameterizedTest
    @EnumSource
    void namesEachResourceOnce(ValueSet set) {
        List<Resource> resources = Chart.render(set.yaml());

        assertThat(resources.stream().map(Resource::toString)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void carriesTheStandardLabels(ValueSet set) {
        assertThat(Chart.render(set.yaml()))
                .allSatisfy(resource -> assertThat(
                                resource.tree().at("metadata", "labels").keys())
                        .as(resource.toString())
                        .contains(
                                "app.kubernetes.io/name",
                                "app.kubernetes.io/instance",
                                "app.kubernetes.io/component",
                                "app.kubernetes.io/version",
                                "app.kubernetes.io/managed-by",
                                "helm.sh/chart"));
    }

    @ParameterizedTest
    @EnumSource
    void mountsOnlyWhatIsThere(ValueSet set) {
        List<Resource> resources = Chart.render(set.yaml());
        Set<String> maps = names(resources, "ConfigMap");
        for (Resource resource : resources) {
            resource.podSpec().ifPresent(pod -> {
                assertThat(pod.at("volumes")
                                .elements()
                                .map(volume -> volume.at("configMap", "name").text()))
                        .as(resource.toString())
                        .filteredOn(name -> !name.isEmpty())
                        .isSubsetOf(maps);
                assertThat(mounts(pod)).as(resource.toString()).isSubsetOf(volumes(resource, pod));
            });
        }
    }

    private static Set<String> mounts(Tree pod) {
        return pod.at("containers")
                .elements()
                .flatMap(container -> container.at("volumeMounts").elements())
                .map(mount -> mount.at("name").text())
                .collect(Collectors.toSet());
    }

    private static Set<String> volumes(Resource resource, Tree pod) {
        Set<String> names = pod.at("volumes")
                .elements()
                .map(volume -> volume.at("name").text())
                .collect(Collectors.toSet());
        resource.tree()
                .at("spec", "volumeClaimTemplates")
                .elements()
                .forEach(claim -> names.add(claim.at("metadata", "name").text()));
        return names;
    }

    private static Set<String> names(List<Resource> resources, String kind) {
        return resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .map(Resource::name)
                .collect(Collectors.toSet());
    }

    private static Resource resource(String kind, String field) {
        return new Resource(Tree.of(Map.of("apiVersion", "v1", "kind", kind, "spec", Map.of(field, 1))));
    }
}
