package io.catwalk.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.system.fault.FaultSchedule.Planned;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(60);

    @Test
    void aSeedAlwaysDrawsTheSame() {
        assertThat(FaultSchedule.of(3, LENGTH)).isEqualTo(FaultSchedule.of(3, LENGTH));
        assertThat(FaultSchedule.of(3, LENGTH)).isNotEqualTo(FaultSchedule.of(4, LENGTH));
    }

    @Test
    void eachKindAndEachProcessHasItsTurn() {
        List<Planned> faults = FaultSchedule.of(5, LENGTH).faults();
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        faults.forEach(fault -> kinds.add(fault.kind()));
        assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(faults.stream().map(Planned::place).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("ingestion", "training", "evaluation", "serving", "broker", "store");
    }

    /** What is mended once is sound, until the next fault of its kind begins. */
    @Test
    void oneThingHasOneFaultAtATime() {
        List<Planned> faults = FaultSchedule.of(6, LENGTH).faults();
        for (List<FaultKind.Means> thing : things()) {
            faults.stream()
                    .filter(fault -> thing.contains(fault.kind().means()))
                    .collect(Collectors.groupingBy(Planned::place))
                    .values()
                    .forEach(FaultScheduleTest::assertApart);
        }
    }

    private static List<List<FaultKind.Means>> things() {
        return List.of(
                List.of(
                        FaultKind.Means.KILL,
                        FaultKind.Means.SIGNAL,
                        FaultKind.Means.FAILPOINT,
                        FaultKind.Means.DISK,
                        FaultKind.Means.CLOCK),
                List.of(FaultKind.Means.BROKER_LINE),
                List.of(FaultKind.Means.STORE_LINE),
                List.of(FaultKind.Means.STORE_REQUESTS));
    }

    private static void assertApart(List<Planned> faults) {
        for (int next = 1; next < faults.size(); next++) {
            assertThat(faults.get(next).at())
                    .isGreaterThanOrEqualTo(faults.get(next - 1).end());
        }
    }
}
