package io.catwalk.serving.window;

import java.time.Instant;
import java.util.stream.LongStream;

import com.google.protobuf.Timestamp;
import io.catwalk.rollout.v1.LatencyHistogram;
import io.catwalk.rollout.v1.VersionWindow;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.window.Counts.Sum;
import io.catwalk.serving.window.Roles.Role;

/** Windows as their events have them. */
final class WindowMessages {
    private WindowMessages() {}

    /** A shadow's requests are the copies that it ran; any other version's are those that callers made. */
    static VersionWindow version(Role role, Counts done) {
        ModelVersion version = role.served().version();
        Sum requests = role.label().equals(ModelRegistry.SHADOW.value()) ? done.copies() : done.answers();
        return VersionWindow.newBuilder()
                .setVersion(version.version())
                .setModelDigest(version.digest().toString())
                .setLabel(role.label())
                .setEngine(role.served().engine())
                .setRequests(requests.requests())
                .setErrors(requests.errors())
                .setLatency(LatencyHistogram.newBuilder()
                        .addAllEdges(LatencyEdges.SECONDS)
                        .addAllCounts(
                                LongStream.of(requests.latencies()).boxed().toList()))
                .setCompared(done.compared())
                .setDisagreements(done.disagreements())
                .addAllLabels(LongStream.of(requests.labels()).boxed().toList())
                .setDropped(done.dropped())
                .setEntry(role.entry())
                .build();
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
