package io.catwalk.ingestion.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.catwalk.events.request.DatasetPlace;
import io.catwalk.ingestion.job.SourceWatch.Finding;
import io.catwalk.ingestion.source.SourceRefusedException;
import io.catwalk.ingestion.source.WantedSource;
import org.junit.jupiter.api.Test;

class SourceWatchTest {
    private static final WantedSource PLACE = files("/f");
    private static final Finding AWAY = new Finding.Away("its source can't be reached; the service's log says why");

    private final Deque<Runnable> polls = new ArrayDeque<>();
    private Optional<IOException> failure = Optional.empty();
    private long now;
    private int findings;
    private final SourceWatch watch = new SourceWatch(this::poll, polls::add, () -> now, () -> findings++);

    @Test
    void asksOnceAndNotifiesOfTheAnswer() {
        assertThat(watch.finding(PLACE)).isInstanceOf(Finding.Away.class);
        watch.finding(PLACE);
        assertThat(polls).hasSize(1);

        polls.remove().run();

        assertThat(findings).isEqualTo(1);
        assertThat(watch.finding(PLACE)).isEqualTo(new Finding.Found());
        assertThat(polls).isEmpty();
    }

    @Test
    void pollsAgainAtDoublingDistances() {
        failure = Optional.of(new IOException("down"));
        watch.finding(PLACE);
        polls.remove().run();
        Duration distance = SourceWatch.FIRST_DISTANCE;
        for (int i = 0; i < 12; i++) {
            assertThat(watch.finding(PLACE)).isEqualTo(AWAY);
            now += distance.toNanos() - 1;
            watch.finding(PLACE);
            assertThat(polls).as("before " + distance).isEmpty();
            now++;
            watch.finding(PLACE);
            polls.remove().run();
            distance = min(distance.multipliedBy(2), SourceWatch.LONGEST_DISTANCE);
        }
        assertThat(findings).isZero();
    }

    @Test
    void keepsItsDistanceFromASourceThatIsThereAndCantBeRead() {
        watch.finding(PLACE);
        polls.remove().run();
        watch.away(PLACE, "broke off");
        now += SourceWatch.FIRST_DISTANCE.toNanos();
        watch.finding(PLACE);
        polls.remove().run();
        assertThat(watch.finding(PLACE)).isEqualTo(new Finding.Found());

        watch.away(PLACE, "broke off");

        now += SourceWatch.FIRST_DISTANCE.toNanos();
        assertThat(watch.finding(PLACE)).isEqualTo(new Finding.Away("broke off"));
        assertThat(polls).isEmpty();
        now += SourceWatch.FIRST_DISTANCE.toNanos();
        watch.finding(PLACE);
        assertThat(polls).hasSize(1);
    }

    @Test
    void aRefusalIsAnsweredToEarlierCallers() {
        failure = Optional.of(new SourceRefusedException("no such folder"));
        watch.finding(PLACE);
        polls.remove().run();
        assertThat(watch.finding(PLACE)).isEqualTo(new Finding.Refused("no such folder"));

        failure = Optional.empty();
        watch.finding(PLACE);
        polls.remove().run();

        assertThat(watch.finding(PLACE)).isEqualTo(new Finding.Found());
    }

    @Test
    void forgetsASourceForWhichNobodyAsks() {
        failure = Optional.of(new IOException("down"));
        watch.finding(PLACE);
        polls.remove().run();
        now += SourceWatch.FORGOTTEN_AFTER.toNanos() + 1;
        watch.away(files("/other"), "down");

        assertThat(watch.finding(PLACE)).isNotEqualTo(AWAY);
    }

    private static WantedSource files(String folder) {
        return new WantedSource(new DatasetPlace.Folder(folder), false, Optional.empty());
    }

    private void poll(WantedSource wanted) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
