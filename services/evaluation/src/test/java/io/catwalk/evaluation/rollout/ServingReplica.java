package io.catwalk.evaluation.rollout;

import java.util.List;

import com.google.protobuf.util.Timestamps;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.LatencyHistogram;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;

/** Tells windows as a replica of serving does, by what the labels' journals say. */
public final class ServingReplica {
    private static final long SECONDS = 10;

    private final Registry registry;
    private final Name model;
    private final String process;
    private long sequence;

    public ServingReplica(Registry registry, Name model, String process) {
        this.registry = registry;
        this.model = model;
        this.process = process;
    }

    /**
     * What a version does in one window.
     *
     * @param slow requests of more than 0.1 s
     */
    public record Load(long requests, long errors, long slow, long compared, long disagreements) {
        public static Load of(long requests, long errors) {
            return new Load(requests, errors, 0, requests, 0);
        }
    }

    /** The next window, with what the version under {@code label} did, where one has it with a weight. */
    public ServingWindow next(String label, Load rollout, Load stable) {
        ServingWindow.Builder window = ServingWindow.newBuilder()
                .setReplica(process)
                .setSequence(sequence)
                .setModel(model.value())
                .setStart(Timestamps.fromSeconds(SECONDS * sequence))
                .setEnd(Timestamps.fromSeconds(SECONDS * (sequence + 1)));
        sequence++;
        add(window, Registry.STABLE.value(), stable);
        add(window, label, rollout);
        return window.build();
    }

    /** The next window, after which the process stops. */
    public ServingWindow last(String label, Load rollout, Load stable) {
        return next(label, rollout, stable).toBuilder().setLast(true).build();
    }

    /** As if the next windows were never published. */
    public void leaveOut(int windows) {
        sequence += windows;
    }

    private void add(ServingWindow.Builder window, String label, Load load) {
        List<DecisionEntry> line = registry.labelJournal(model, new Name(label)).entries();
        if (line.isEmpty()) {
            return;
        }
        LabelDecision decision = LabelDecision.of(line.getLast());
        boolean stable = label.equals(Registry.STABLE.value());
        if (decision.label().isEmpty() || !stable && decision.weight().orElse(0.0) == 0) {
            return;
        }
        window.addVersions(VersionWindow.newBuilder()
                .setVersion(decision.label().get().version())
                .setModelDigest(Digest.of(new byte[] {1}).toString())
                .setLabel(label)
                .setEngine("onnx")
                .setEntry(line.getLast().number())
                .setRequests(load.requests())
                .setErrors(load.errors())
                .setLatency(LatencyHistogram.newBuilder()
                        .addAllEdges(List.of(0.01, 0.1, 1.0))
                        .addAllCounts(List.of(load.requests() - load.slow(), 0L, load.slow(), 0L)))
                .setCompared(stable ? 0 : load.compared())
                .setDisagreements(stable ? 0 : load.disagreements()));
    }
}
