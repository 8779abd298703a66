package io.catwalk.training.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.catwalk.dataset.SampleSheet;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

/** What is shown of a run once: its graph, and samples of what it is trained on. */
public final class OpeningEvents {
    private static final int RGB = 3;
    /** Where a PNG has its size, W3C PNG 11.2.1: behind the signature and the first chunk's length and type. */
    private static final int PNG_WIDTH = 16;

    private static final int PNG_HEIGHT = 20;

    private OpeningEvents() {}

    /** @param time when the run was accepted */
    public static byte[] file(Instant time, GraphDef graph, SampleSheet samples) {
        return new EventFileContent(time)
                .add(0, Event.newBuilder().setGraphDef(sorted(graph)))
                .add(0, Event.newBuilder().setSummary(image("samples", samples)))
                .toBytes();
    }

    /** A graph as bytes, its nodes' attributes in the order of their names: TensorFlow's own order differs from time to time. */
    private static ByteString sorted(GraphDef graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            graph.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private static Summary image(String tag, SampleSheet sheet) {
        ByteBuffer png = ByteBuffer.wrap(sheet.png());
        return Summary.newBuilder()
                .addValue(Summary.Value.newBuilder()
                        .setTag(tag)
                        .setImage(Summary.Image.newBuilder()
                                .setWidth(png.getInt(PNG_WIDTH))
                                .setHeight(png.getInt(PNG_HEIGHT))
                                .setColorspace(RGB)
                                .setEncodedImageString(ByteString.copyFrom(png))))
                .build();
    }
}
