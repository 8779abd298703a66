package io.catwalk.conformance.agreement;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.grpc.InferCall;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Outputs;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.v1.PredictApi;
import io.catwalk.conformance.v2.InferApi;
import io.catwalk.protocol.inference.ModelInferRequest;

/** The answers of all protocols to the same rows, each compared with Open Inference's in JSON. */
public final class AgreementSection {
    private static final int ROWS = 2;

    private AgreementSection() {}

    public static Section section() {
        return new Section(
                Protocol.ALL,
                "Agreement",
                "Equal inputs of one model have equal outputs",
                InferApi::offer,
                List.of(
                        agrees("v1 in rows", AgreementSection::rows),
                        agrees("v1 in columns", AgreementSection::columns),
                        agrees("v2 with binary tensors", AgreementSection::binary),
                        agrees("gRPC with typed contents", subject -> overGrpc(subject, InferCall::typed)),
                        agrees("gRPC with raw contents", subject -> overGrpc(subject, InferCall::raw))));
    }

    private static Check agrees(String name, Way way) {
        return required(name + " answers as v2 in JSON", subject -> {
            List<Output> wanted = InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), ROWS)));
            return Outputs.requireEqual(way.outputs(subject), wanted, name + " and v2 in JSON");
        });
    }

    private static List<Output> rows(Subject subject) throws IOException {
        PredictApi.offer(subject);
        subject.requireBatches();
        return PredictApi.predictions(
                subject.http()
                        .post(
                                "/v1/models/" + subject.model().name() + ":predict",
                                PredictApi.row(subject.model(), ROWS)),
                subject.model());
    }

    private static List<Output> columns(Subject subject) throws IOException {
        PredictApi.offer(subject);
        return PredictApi.outputs(
                subject.http()
                        .post(
                                "/v1/models/" + subject.model().name() + ":predict",
                                PredictApi.column(subject.model(), ROWS)),
                subject.model());
    }

    private static List<Output> binary(Subject subject) throws IOException {
        Answer answer = InferApi.inferBinary(subject, ROWS);
        if (!answer.isOk()) {
            throw new NotOfferedException(answer.shown());
        }
        return InferApi.outputs(answer);
    }

    private static List<Output> overGrpc(Subject subject, BiFunction<Model, Integer, ModelInferRequest> request) {
        InferCall.offer(subject);
        return InferCall.outputs(InferCall.infer(subject, request.apply(subject.model(), ROWS)));
    }

    /** One protocol's way to the outputs. */
    private interface Way {
        List<Output> outputs(Subject subject) throws IOException;
    }
}
