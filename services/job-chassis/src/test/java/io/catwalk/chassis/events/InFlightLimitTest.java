package io.catwalk.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    private final InFlightLimit room = new InFlightLimit();

    @Test
    void smallRecordsAreBoundedByNumber() {
        for (int i = 0; i < InFlightLimit.SLOTS; i++) {
            assertThat(room.enter(10)).isTrue();
        }
        assertThat(room.enter(10)).isFalse();
        room.leave(10);
        assertThat(room.enter(10)).isTrue();
    }

    @Test
    void largeRecordsAreBoundedByBytes() {
        int accepted = 0;
        while (room.enter(1_000_000)) {
            accepted++;
        }
        assertThat((long) accepted * 1_000_000)
                .isBetween(15_000_000L, (long) InFlightLimit.SLOTS * InFlightLimit.SLOT_BYTES);
    }
}
