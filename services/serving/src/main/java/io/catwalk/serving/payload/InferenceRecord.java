package io.catwalk.serving.payload;

import java.time.Duration;
import java.util.List;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.v1.InferenceLogged;

/** A request and its answer as an event's payload. */
final class InferenceRecord {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private InferenceRecord() {}

    /** The least bytes that a payload takes. */
    static long leastBytes(Prediction prediction, boolean images) {
        return (images ? prediction.images().length : 0) + (long) Float.BYTES * prediction.probabilities().length;
    }

    static InferenceLogged of(
            AnsweredRequest request, Prediction prediction, Caller caller, boolean images, String replica) {
        ModelVersion version = request.served().version();
        ImageShape shape = version.image();
        InferenceLogged.Builder logged = InferenceLogged.newBuilder()
                .setModel(version.model().value())
                .setVersion(version.version())
                .setModelDigest(version.digest().toString())
                .setOnnxDigest(version.onnx().map(Digest::toString).orElse(""))
                .setEngine(request.served().engine())
                .setProtocol(request.protocol())
                .setRequestId(caller.requestId())
                .setTraceId(caller.traceId())
                .addAllImageShape(List.of(shape.height(), shape.width(), shape.channels()))
                .setImageCount(prediction.count())
                .setElapsedSeconds(request.elapsed().toNanos() / NANOS)
                .setReplica(replica);
        for (float probability : prediction.probabilities()) {
            logged.addProbabilities(probability);
        }
        if (images) {
            ImageBytes bytes = ImageBytes.of(prediction.images());
            logged.setImageEncoding(bytes.encoding()).setImages(bytes.bytes());
        }
        return logged.build();
    }
}
