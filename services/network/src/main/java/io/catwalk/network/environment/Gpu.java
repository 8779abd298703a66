package io.catwalk.network.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TFloat32;

/** The GPU that TensorFlow uses, if it has one: this needs its GPU natives, the CUDA libraries and a GPU. */
final class Gpu {
    private static final DeviceSpec FIRST = DeviceSpec.newBuilder()
            .deviceType(DeviceSpec.DeviceType.GPU)
            .deviceIndex(0)
            .build();
    private static final Path CARDS = Path.of("/proc/driver/nvidia/gpus");
    private static final Pattern MODEL = Pattern.compile("(?m)^Model:\\s*(\\S.*?)\\s*$");

    private Gpu() {}

    /** {@code GPU:0 NVIDIA H100}, without the model if the driver doesn't report it; empty without a GPU. */
    static Optional<String> find() {
        return calculates() ? Optional.of(("GPU:0 " + model(CARDS)).strip()) : Optional.empty();
    }

    /** Asks TensorFlow itself: it refuses an operation on a device that it doesn't have. */
    private static boolean calculates() {
        var config = ConfigProto.newBuilder()
                .setAllowSoftPlacement(false)
                .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                .build();
        try (Graph graph = new Graph();
                Session session = new Session(graph, config);
                TFloat32 two = TFloat32.scalarOf(2)) {
            Ops tf = Ops.create(graph);
            // Fed by a placeholder, as TensorFlow folds constants on the CPU.
            var value = tf.placeholder(TFloat32.class);
            var square = tf.withDevice(FIRST).math.square(value);
            session.runner().feed(value, two).fetch(square).run().close();
            return true;
        } catch (TensorFlowException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The first GPU's, as NVIDIA's driver reports it; empty if it doesn't. */
    static String model(Path cards) {
        try (Stream<Path> folders = Files.list(cards)) {
            Optional<Path> first = folders.sorted().findFirst();
            if (first.isEmpty()) {
                return "";
            }
            Matcher matcher = MODEL.matcher(Files.readString(first.get().resolve("information")));
            return matcher.find() ? matcher.group(1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
