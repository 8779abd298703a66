package io.catwalk.serving.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.catwalk.serving.observation.RequestHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    private static final int REQUESTS = 20_000;

    private final Random random = new Random(9);

    @Test
    void takesItsShareOfTracesOfRequestIdsAndOfOthers() {
        Sampling sampling = new Sampling(0.1);

        assertThat(share(sampling, request -> traceparent(trace()))).isBetween(0.085, 0.115);
        assertThat(share(sampling, request -> headers("x-request-id", "shop-" + request)))
                .isBetween(0.085, 0.115);
        assertThat(share(sampling, request -> name -> Optional.empty())).isBetween(0.085, 0.115);
    }

    @Test
    void everyReplicaTakesTheSame() {
        Sampling one = new Sampling(0.3);
        Sampling other = new Sampling(0.3);
        for (int request = 0; request < 1_000; request++) {
            RequestHeaders trace = traceparent(trace());
            assertThat(one.takes(trace)).isEqualTo(other.takes(trace));
            RequestHeaders id = headers("x-request-id", "r" + request);
            assertThat(one.takes(id)).isEqualTo(other.takes(id));
        }
    }

    @Test
    void aGreaterShareTakesWhatASmallerOneTakes() {
        Sampling small = new Sampling(0.2);
        Sampling great = new Sampling(0.4);
        for (int request = 0; request < 1_000; request++) {
            RequestHeaders trace = traceparent(trace());
            assertThat(!small.takes(trace) || great.takes(trace)).isTrue();
        }
    }

    @Test
    void theEndsTakeNoneAndAll() {
        RequestHeaders last = traceparent("0".repeat(19) + "f".repeat(13));

        assertThat(new Sampling(0).takes(traceparent("f".repeat(19) + "0".repeat(13))))
                .isFalse();
        assertThat(new Sampling(1).takes(last)).isTrue();
        assertThat(new Sampling(0).takesAny()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-xyz", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void whatIsNoTraceIsPassedOver(String traceparent) {
        RequestHeaders headers = name -> Optional.ofNullable(
                Map.of("traceparent", traceparent, "x-request-id", "shop-1").get(name));
        Sampling sampling = new Sampling(0.5);

        assertThat(sampling.takes(headers)).isEqualTo(sampling.takes(headers("x-request-id", "shop-1")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aShareIsFromNoneToAll(double share) {
        assertThatThrownBy(() -> new Sampling(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catwalk.payload-log.share is " + share + ", must be 0 to 1");
    }

    private static double share(Sampling sampling, IntFunction<RequestHeaders> requests) {
        return (double) IntStream.range(0, REQUESTS)
                        .filter(request -> sampling.takes(requests.apply(request)))
                        .count()
                / REQUESTS;
    }

    private String trace() {
        return "%016x%016x".formatted(random.nextLong() | 1, random.nextLong());
    }

    private static RequestHeaders traceparent(String trace) {
        return headers("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
    }

    private static RequestHeaders headers(String name, String value) {
        return asked -> asked.equals(name) ? Optional.of(value) : Optional.empty();
    }
}
