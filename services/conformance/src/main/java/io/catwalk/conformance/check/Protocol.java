package io.catwalk.conformance.check;

/** A protocol of inference servers, by the specification that its checks follow. */
public enum Protocol {
    TENSORFLOW_SERVING_V1("TensorFlow Serving v1"),
    KSERVE_V1("KServe v1"),
    OPEN_INFERENCE_V2("Open Inference v2"),
    OPEN_INFERENCE_GRPC("Open Inference v2, gRPC"),
    ALL("All protocols");

    private final String title;

    Protocol(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
