package io.catwalk.conformance.grpc;

import static io.catwalk.conformance.check.Check.required;

import java.util.List;

import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Shown;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Subject;
import io.catwalk.protocol.inference.ModelMetadataRequest;
import io.catwalk.protocol.inference.ModelMetadataResponse;
import io.catwalk.protocol.inference.ModelMetadataResponse.TensorMetadata;
import io.catwalk.protocol.inference.ModelReadyRequest;
import io.catwalk.protocol.inference.ServerLiveRequest;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.protocol.inference.ServerMetadataResponse;
import io.catwalk.protocol.inference.ServerReadyRequest;
import io.grpc.Status.Code;

/** Health and metadata of server and model. */
public final class GrpcServerSection {
    private GrpcServerSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_GRPC,
                "Server and model",
                "KServe, docs/predict-api/v2/grpc_predict_v2.proto",
                InferCall::offer,
                List.of(
                        required(
                                "ServerLive is live",
                                subject -> require(
                                        subject.grpc()
                                                .call(stub -> stub.serverLive(ServerLiveRequest.getDefaultInstance()))
                                                .getLive(),
                                        "live")),
                        required(
                                "ServerReady is ready while the model is served",
                                subject -> require(
                                        subject.grpc()
                                                .call(stub -> stub.serverReady(ServerReadyRequest.getDefaultInstance()))
                                                .getReady(),
                                        "ready")),
                        required("ServerMetadata has name and version", GrpcServerSection::server),
                        required(
                                "ModelReady is ready for a served model",
                                subject ->
                                        require(ready(subject, subject.model().name(), ""), "ready")),
                        required(
                                "ModelReady is ready for a served version",
                                subject ->
                                        require(ready(subject, subject.model().name(), subject.version()), "ready")),
                        required("an unknown model isn't ready", GrpcServerSection::unknownReady),
                        required("ModelMetadata has name, platform and tensors", GrpcServerSection::model),
                        required(
                                "ModelMetadata of a served version",
                                subject -> Shown.of(
                                        metadata(subject, subject.model().name(), subject.version())
                                                .toString())),
                        required(
                                "ModelMetadata of an unknown model is NOT_FOUND",
                                subject -> subject.grpc()
                                        .refused(
                                                Code.NOT_FOUND,
                                                stub -> stub.modelMetadata(request(Subject.UNKNOWN_MODEL, "")))),
                        required(
                                "ModelMetadata of an unknown version is NOT_FOUND",
                                subject -> subject.grpc()
                                        .refused(
                                                Code.NOT_FOUND,
                                                stub -> stub.modelMetadata(
                                                        request(subject.model().name(), Subject.UNKNOWN_VERSION))))));
    }

    private static String require(boolean condition, String wanted) {
        if (!condition) {
            throw new DeviationException("not " + wanted);
        }
        return wanted;
    }

    private static String server(Subject subject) {
        ServerMetadataResponse server =
                subject.grpc().call(stub -> stub.serverMetadata(ServerMetadataRequest.getDefaultInstance()));
        require(!server.getName().isEmpty() && !server.getVersion().isEmpty(), "a name and a version: " + server);
        return Shown.of(server.toString());
    }

    private static boolean ready(Subject subject, String model, String version) {
        ModelReadyRequest request = ModelReadyRequest.newBuilder()
                .setName(model)
                .setVersion(version)
                .build();
        return subject.grpc().call(stub -> stub.modelReady(request)).getReady();
    }

    /** Answered with false, or refused. */
    private static String unknownReady(Subject subject) {
        ModelReadyRequest request =
                ModelReadyRequest.newBuilder().setName(Subject.UNKNOWN_MODEL).build();
        return subject.grpc().refusedOr(Code.NOT_FOUND, stub -> stub.modelReady(request), answer -> !answer.getReady());
    }

    private static ModelMetadataRequest request(String model, String version) {
        return ModelMetadataRequest.newBuilder()
                .setName(model)
                .setVersion(version)
                .build();
    }

    private static ModelMetadataResponse metadata(Subject subject, String model, String version) {
        return subject.grpc().call(stub -> stub.modelMetadata(request(model, version)));
    }

    private static String model(Subject subject) {
        ModelMetadataResponse model = metadata(subject, subject.model().name(), "");
        require(model.getName().equals(subject.model().name()), "the model's name: " + model.getName());
        require(model.getInputsCount() > 0 && model.getOutputsCount() > 0, "inputs and outputs: " + model);
        for (List<TensorMetadata> tensors : List.of(model.getInputsList(), model.getOutputsList())) {
            for (TensorMetadata tensor : tensors) {
                require(
                        !tensor.getName().isEmpty()
                                && Datatype.named(tensor.getDatatype()).isPresent(),
                        "a name and a datatype of the protocol: " + tensor);
            }
        }
        return Shown.of(model.toString());
    }
}
