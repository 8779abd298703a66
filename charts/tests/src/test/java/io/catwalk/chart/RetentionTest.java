package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class RetentionTest {
    @Test
    void nothingIsDeletedUnlessAsked() {
        assertThat(Chart.render("")).noneMatch(resource -> resource.kind().equals("CronJob"));
        assertThat(Chart.render("").stream().map(Resource::name)).doesNotContain("c-catwalk-retention");
    }

    @Test
    void theJobGetsWhatTheValuesSay() {
        assertThat(arguments("retention: {enabled: true}"))
                .containsExactly("apply-retention", "--unreferenced-for=P7D", "--callers-for=P30D", "--delete");
        assertThat(arguments(ValueSet.KEYLESS.yaml()))
                .containsExactly("apply-retention", "--unreferenced-for=P7D", "--callers-for=P30D");
        assertThat(arguments("{retention: {enabled: true}, kafka: {topics: {retentionDays: 60}}}"))
                .contains("--callers-for=P61D");
        assertThat(arguments(ValueSet.EXTERNAL.yaml()))
                .containsExactly(
                        "apply-retention",
                        "--unreferenced-for=P7D",
                        "--callers-for=P30D",
                        "--checkpoints-after=P90D",
                        "--event-files-after=P30D",
                        "--delete");
        assertThat(job(ValueSet.KEYLESS.yaml()).tree().at("spec", "schedule").text())
                .isEqualTo("@weekly");
    }

    @Test
    void oneRunsAtATime() {
        Tree spec = job("retention: {enabled: true}").tree().at("spec");

        assertThat(spec.at("concurrencyPolicy").text()).isEqualTo("Forbid");
    }

    @Test
    void itHasTheStoresKeysOfItsOwnAndNoBrokersUser() {
        List<Resource> resources = Chart.render(ValueSet.EXTERNAL.yaml());
        Tree secrets = job(ValueSet.EXTERNAL.yaml())
                .podSpec()
                .orElseThrow()
                .at("volumes")
                .elements()
                .filter(volume -> volume.at("name").text().equals("secrets"))
                .findFirst()
                .orElseThrow();

        assertThat(secrets.at("projected", "sources")
                        .elements()
                        .map(source -> source.at("secret", "name").text()))
                .containsExactly("store-retention");
        assertThat(Resource.named(resources, "ConfigMap", "c-catwalk-retention")
                        .tree()
                        .at("data", "application.properties")
                        .text())
                .contains("catwalk.store.bucket=")
                .doesNotContain("sasl", "catwalk.access", "catwalk.topics");
    }

    private static List<String> arguments(String values) {
        return job(values)
                .podSpec()
                .orElseThrow()
                .at("containers")
                .elements()
                .flatMap(container -> container.at("args").elements())
                .map(Tree::text)
                .toList();
    }

    private static Resource job(String values) {
        return Resource.named(Chart.render(values), "CronJob", "c-catwalk-retention");
    }
}
