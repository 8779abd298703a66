package io.catwalk.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicInteger looks = new AtomicInteger();
    /** One minute later at each call. */
    private final InstantSource clock = () -> Instant.EPOCH.plus(Duration.ofMinutes(looks.getAndIncrement()));

    @Test
    void triesUntilThereIsAResult() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        int result = patience(10).await("it", () -> {
            if (tries.incrementAndGet() < 4) {
                throw new NotYetException("try " + tries);
            }
            return tries.get();
        });

        assertThat(result).isEqualTo(4);
    }

    @Test
    void givesUpAfterItsLimitWithTheLastReason() {
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> patience(3).await("the broker", () -> {
                    throw new NotYetException("refused " + tries.incrementAndGet());
                }))
                .isInstanceOf(InstallationException.class)
                .hasMessage("gave up waiting for the broker after PT3M: refused 4");
    }

    @Test
    void leavesWhatIsNoMatterOfTimeToTheCaller() {
        assertThatThrownBy(() -> patience(3).await("it", () -> {
                    throw new InstallationException("never");
                }))
                .hasMessage("never");
    }

    private Patience patience(int minutes) {
        return new Patience(Duration.ofMinutes(minutes), Duration.ZERO, clock);
    }
}
