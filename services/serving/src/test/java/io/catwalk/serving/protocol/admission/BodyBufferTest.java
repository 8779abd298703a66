package io.catwalk.serving.protocol.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.vertx.core.buffer.Buffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BodyBufferTest {
    private static final int MAX_BYTES = 1 << 20;

    private final BodyBudget budget = new BodyBudget(4L << 20);

    @Property(tries = 200)
    void holdsAppendedBytesAndReleasesAllMemory(
            @ForAll @Size(max = 20) List<@IntRange(max = 9_000) Integer> sizes, @ForAll boolean announced) {
        int length = sizes.stream().mapToInt(Integer::intValue).sum();
        BodyBuffer body = new BodyBuffer(budget, MAX_BYTES, announced ? length : Long.MAX_VALUE);
        Buffer all = Buffer.buffer();
        for (int size : sizes) {
            byte[] part = new byte[size];
            Arrays.fill(part, (byte) (size + all.length()));
            body.append(Buffer.buffer(part));
            all.appendBytes(part);
        }

        assertThat(body.content()).isEqualTo(all.getBytes());
        assertThat(budget.held()).isBetween((long) length, Math.max(1_024, 2L * length));
        body.close();
        body.close();
        assertThat(budget.held()).isZero();
    }

    @Tag("fault-43")
    @Test
    void usesMemoryForReceivedNotForAnnouncedBytes() {
        BodyBuffer body = new BodyBuffer(budget, MAX_BYTES, MAX_BYTES);
        body.append(Buffer.buffer("{"));

        assertThat(budget.held()).isEqualTo(1_024);
    }

    @Test
    void refusesASingleBodyAboveTheLimit() {
        BodyBuffer body = new BodyBuffer(budget, 1_000, 10);
        body.append(new byte[1_000], 1_000);

        assertRefused(Refusal.TOO_LARGE, () -> body.append(new byte[1], 1));
        assertThat(body.content()).hasSize(1_000);
    }

    @Test
    void largeBodiesLeaveRoomForSmallOnes() {
        List<BodyBuffer> large = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            large.add(new BodyBuffer(budget, MAX_BYTES, MAX_BYTES));
            large.getLast().append(new byte[MAX_BYTES], MAX_BYTES);
        }
        BodyBuffer oneMore = new BodyBuffer(budget, MAX_BYTES, MAX_BYTES);
        assertRefused(Refusal.OVERLOADED, () -> oneMore.append(new byte[MAX_BYTES], MAX_BYTES));

        BodyBuffer small = new BodyBuffer(budget, MAX_BYTES, BodyBudget.SMALL_BYTES);
        small.append(new byte[BodyBudget.SMALL_BYTES], BodyBudget.SMALL_BYTES);
        large.getFirst().close();
        oneMore.append(new byte[1 << 19], 1 << 19);
    }

    @Test
    void theMemoryForAllIsAnEighthOfTheHeapUnlessItIsGiven() {
        assertThat(Admission.maxBytesInFlight(config(OptionalLong.empty()), 800L << 20))
                .isEqualTo(100L << 20);
        assertThat(Admission.maxBytesInFlight(config(OptionalLong.empty()), 64L << 20))
                .as("never less than one body needs")
                .isEqualTo(24L << 20);
        assertThat(Admission.maxBytesInFlight(config(OptionalLong.of(32L << 20)), 800L << 20))
                .isEqualTo(32L << 20);
        assertThatThrownBy(() -> Admission.maxBytesInFlight(config(OptionalLong.of(1_000)), 800L << 20))
                .hasMessage("catwalk.http.max-bytes-in-flight is 1000, but must be at least three times"
                        + " catwalk.http.max-body-bytes, 25165824");
    }

    private static HttpConfig config(OptionalLong maxBytesInFlight) {
        return new HttpConfig() {
            @Override
            public int maxBodyBytes() {
                return 8 << 20;
            }

            @Override
            public OptionalLong maxBytesInFlight() {
                return maxBytesInFlight;
            }

            @Override
            public Duration bodyTimeout() {
                return Duration.ofSeconds(1);
            }

            @Override
            public int maxConcurrentRequests() {
                return 1;
            }
        };
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
