package io.catwalk.benchmark.models;

import java.io.IOException;
import java.util.List;

import io.catwalk.benchmark.process.MeasuredService;
import io.catwalk.benchmark.serving.HttpConnection;
import org.HdrHistogram.Histogram;

/** Callers of published models, each on a connection of its own, with one black image in v2 binary. */
public final class ModelCaller {
    private static final String HEADERS = "Content-Type: application/octet-stream|Inference-Header-Content-Length: 0";
    /** One black image of 28 x 28 float32. */
    private static final byte[] BODY = new byte[28 * 28 * Float.BYTES];

    private ModelCaller() {}

    /**
     * A connection to a model.
     *
     * @param number of the model
     * @param more headers, each after a {@code |}
     */
    public static HttpConnection connect(MeasuredService serving, int number, String more) throws IOException {
        var target = serving.at("/v2/models/" + PublishedModels.name(number) + "/infer");
        return new HttpConnection(target, HttpConnection.post(target, HEADERS + more, BODY));
    }

    /** The latencies of calls by all callers in turns, one request at a time, in nanoseconds. */
    public static Histogram call(List<HttpConnection> callers, int calls) throws IOException {
        Histogram latencies = new Histogram(3);
        for (int call = 0; call < calls; call++) {
            long sent = System.nanoTime();
            if (!callers.get(call % callers.size()).call()) {
                throw new IllegalStateException("a request was refused");
            }
            latencies.recordValue(System.nanoTime() - sent);
        }
        return latencies;
    }
}
