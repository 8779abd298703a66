package io.catwalk.network.training;

import java.time.Duration;
import java.util.List;

import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/** How long each operation of a step took, by TensorFlow's own trace, in the order in which they ended. */
public record StepProfile(List<OperationTime> operations) {
    public StepProfile {
        operations = List.copyOf(operations);
    }

    /**
     * One operation.
     *
     * @param name the graph's; those of the forward pass begin with {@code training/} and their layer
     * @param type as TensorFlow ran it: {@code _MklNativeConv2D} is oneDNN's convolution
     * @param inputs their operations' names
     * @param time from its start to its end, including what ran concurrently
     */
    public record OperationTime(String name, String type, List<String> inputs, Duration time) {
        public OperationTime {
            inputs = List.copyOf(inputs);
        }

        /** Reads a label of the form {@code name = Type(input, input)}. */
        static OperationTime of(NodeExecStats operation) {
            String call = operation.getTimelineLabel().replaceFirst("^.* = ", "");
            int open = call.indexOf('(');
            return new OperationTime(
                    operation.getNodeName(),
                    open < 0 ? call : call.substring(0, open),
                    open < 0
                            ? List.of()
                            : List.of(call.substring(open + 1)
                                    .replaceFirst("\\).*$", "")
                                    .split(", ")),
                    Duration.ofNanos(operation.getOpEndRelNanos() - operation.getOpStartRelNanos()));
        }
    }

    static StepProfile of(RunMetadata run) {
        return new StepProfile(run.getStepStats().getDevStatsList().stream()
                .flatMap(device -> device.getNodeStatsList().stream())
                .map(OperationTime::of)
                .toList());
    }
}
