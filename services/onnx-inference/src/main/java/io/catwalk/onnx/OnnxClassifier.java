package io.catwalk.onnx;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.inference.WarmUp;

/** An ONNX model in ONNX Runtime. Each call computes on the calling thread and {@code threads - 1} others. */
public final class OnnxClassifier implements Classifier {
    private final OrtSession session;
    private final ModelSignature signature;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxClassifier(OrtSession session, ModelSignature signature) {
        this.session = session;
        this.signature = signature;
    }

    /**
     * Checks an ONNX model, loads it, and classifies one black image, which warms it up.
     *
     * @param threads that compute one call, from 1
     * @param limits of the model's tensors
     * @throws UnloadableModelException when the file is missing or damaged, the signature isn't {@link ServingSignature},
     *     an operator isn't allowed, the tensors are too large, ONNX Runtime refuses it, or the black image's outputs aren't finite
     */
    public static OnnxClassifier load(Path file, int threads, TensorLimits limits) {
        OnnxModelFile model = OnnxModelFile.read(file, limits);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // ONNX Runtime's arena would keep what the largest batch needed for as long as the model is loaded, without
            // being quicker.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(model.bytes(), options);
            return WarmUp.of(new OnnxClassifier(session, model.signature()));
        } catch (OrtException e) {
            throw new UnloadableModelException("ONNX Runtime can't load the model: " + message(e), e);
        }
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public float[] probabilities(float[] images, int count) {
        return run(ServingSignature.PROBABILITIES, images, count);
    }

    @Override
    public float[] logits(float[] images, int count) {
        return run(ServingSignature.LOGITS, images, count);
    }

    /** Waits for running calls: the native session must outlive them. */
    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't close the model: " + message(e), e);
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private float[] run(String output, float[] images, int count) {
        signature.requireImages(images, count);
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return runOpen(output, images, count);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't run the model: " + message(e), e);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private float[] runOpen(String output, float[] images, int count) throws OrtException {
        var input = signature.input();
        long[] shape = {count, input.height(), input.width(), input.channels()};
        try (OnnxTensor batch =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(ServingSignature.IMAGES, batch), Set.of(output))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            signature.requireOutput(values.remaining(), count);
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        }
    }

    /** Some end with a line break. */
    private static String message(OrtException e) {
        return String.valueOf(e.getMessage()).strip();
    }
}
