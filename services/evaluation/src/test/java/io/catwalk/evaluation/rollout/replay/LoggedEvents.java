package io.catwalk.evaluation.rollout.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.catwalk.objectstore.Digest;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;

/** Requests of 2x2 images as serving logs them, that a version has answered by which half is brighter: class 0 for the left one. */
public final class LoggedEvents {
    public static final int SIDE = 2;
    public static final int VALUES = SIDE * SIDE;

    private LoggedEvents() {}

    /** One image, of one byte a value. */
    public static InferenceLogged of(String model, long version, String digest, boolean right) {
        return many(model, version, digest, right, 1);
    }

    /** Equal images. */
    public static InferenceLogged many(String model, long version, String digest, boolean right, int images) {
        InferenceLogged.Builder logged = InferenceLogged.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setModelDigest(digest)
                .setEngine("onnx")
                .setProtocol("v1")
                .addAllImageShape(List.of(SIDE, SIDE, 1))
                .setImageCount(images)
                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_UINT8);
        byte[] bytes = new byte[images * VALUES];
        for (int image = 0; image < images; image++) {
            for (int row = 0; row < SIDE; row++) {
                bytes[image * VALUES + row * SIDE + (right ? 1 : 0)] = (byte) 255;
            }
            logged.addProbabilities(right ? 0.1f : 0.9f).addProbabilities(right ? 0.9f : 0.1f);
        }
        return logged.setImages(ByteString.copyFrom(bytes)).build();
    }

    /** The same image as floats. */
    static InferenceLogged floats(boolean right) {
        ByteBuffer bytes = ByteBuffer.allocate(VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < VALUES; index++) {
            bytes.putFloat(index % SIDE == (right ? 1 : 0) ? 1 : 0);
        }
        return of("fashion", 1, digest(1), right).toBuilder()
                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_FLOAT32)
                .setImages(ByteString.copyFrom(bytes.array()))
                .build();
    }

    /** Of a version that {@code PublishedVersions} has published. */
    public static String digest(long version) {
        return Digest.of(new byte[] {(byte) version}).toString();
    }

    /** So many requests of the model fashion that its version 1 has answered, as they were found. */
    public static List<LoggedRequest> requests(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> request(index, of("fashion", 1, digest(1), index % 2 == 1)))
                .toList();
    }

    static LoggedRequest request(long offset, InferenceLogged logged) {
        return LoggedRequest.of(new LoggedRequest.Place(1_000 + offset, 0, offset), logged);
    }
}
