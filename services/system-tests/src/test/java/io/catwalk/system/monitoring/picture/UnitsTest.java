package io.catwalk.system.monitoring.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.system.monitoring.Dashboard;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void eachPanelsUnitCanBeWritten() {
        assertThat(Dashboard.all().stream().flatMap(dashboard -> dashboard.panels().stream()))
                .filteredOn(panel -> !panel.type().equals("row"))
                .isNotEmpty()
                .allSatisfy(panel -> assertThat(Units.of(panel.defaults()).text(0.5))
                        .as(panel.title())
                        .isNotBlank());
    }
}
