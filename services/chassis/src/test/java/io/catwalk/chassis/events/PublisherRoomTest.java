package io.catwalk.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublisherRoomTest {
    private final PublisherRoom room = new PublisherRoom();

    @Test
    void smallRecordsAreBoundedByNumber() {
        for (int i = 0; i < PublisherRoom.SLOTS; i++) {
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
                .isBetween(15_000_000L, (long) PublisherRoom.SLOTS * PublisherRoom.SLOT_BYTES);
    }
}
