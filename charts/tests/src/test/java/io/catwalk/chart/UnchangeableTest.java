package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart looks up the cluster and refuses an upgrade of what can't be changed, before it changes anything. */
class UnchangeableTest {
    private static final String INSTALLED = "kafka: {bundled: {persistence: {storageClass: fast}}}";

    @BeforeEach
    void install() {
        FakeCluster.running().install(Chart.render(INSTALLED));
    }

    @AfterEach
    void forget() {
        FakeCluster.running().empty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kafka: {bundled: {persistence: {storageClass: fast, size: 20Gi}}} | kafka.bundled.persistence.size is 20Gi, but the claim was made with 10Gi
            kafka: {bundled: {persistence: {storageClass: slow}}}             | kafka.bundled.persistence.storageClass is "slow", but the claim was made with "fast"
            {}                                                                | kafka.bundled.persistence.storageClass is "", but the claim was made with "fast"
            {kafka: {bundled: {persistence: {storageClass: fast}}}, objectStore: {bundled: {persistence: {size: 1Ti}}}} | objectStore.bundled.persistence.size is 1Ti
            {kafka: {bundled: {persistence: {storageClass: fast}}}, monitoring: {prometheus: {persistence: {storageClass: x}}}} | monitoring.prometheus.persistence.storageClass is "x", but
            fullnameOverride: other                                           | the names of this release begin with "c-catwalk" and would begin with "other"
            nameOverride: walk                                                | the names of this release begin with "c-catwalk" and would begin with "c-walk"
            {fullnameOverride: c-catwalk, nameOverride: walk}                 | nameOverride: the pods of this release bear the name "catwalk" and would bear "walk"
            """)
    void theMessageNamesTheValue(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining(message)
                .hasMessageContaining("can't be changed by an upgrade, see docs/operations.md");
    }

    @Test
    void theSameInOtherWordsIsNoChange() {
        assertThat(Chart.render("kafka: {bundled: {persistence: {storageClass: fast, size: 10240Mi}}}"))
                .isNotEmpty();
    }

    @Test
    void anotherReleaseIsItsOwn() {
        assertThat(new Chart(Chart.FOLDER, "d", false).resources("")).isNotEmpty();
    }

    @Test
    void aGrownClaimsStatefulSetIsTakenAwayFirst() {
        FakeCluster.running().remove("StatefulSet", "c-catwalk-kafka");

        assertThat(Chart.render("kafka: {bundled: {persistence: {size: 20Gi}}}"))
                .isNotEmpty();
    }
}
