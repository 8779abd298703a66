package io.catwalk.journal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Protocol protocol = Protocol.within(Bounds.of(1));

    /** Else the explorer would leave out what follows on all but the first of them. */
    @Test
    void statesOfOneFingerprintHaveTheSameFuture() {
        Map<String, Set<String>> futures = new HashMap<>();
        Queue<State> waiting = new ArrayDeque<>(Set.of(protocol.initial()));
        int compared = 0;
        for (State state = waiting.poll(); state != null; state = waiting.poll()) {
            Set<String> future = future(state);
            Set<String> known = futures.putIfAbsent(Fingerprint.of(state), future);
            if (known == null) {
                protocol.steps(state).forEach(step -> waiting.add(step.after()));
            } else {
                compared++;
                assertThat(future).isEqualTo(known);
            }
        }
        assertThat(compared).isGreaterThan(100_000);
    }

    private Set<String> future(State state) {
        return protocol.steps(state).stream()
                .map(step -> Fingerprint.of(step.after()))
                .collect(Collectors.toSet());
    }
}
