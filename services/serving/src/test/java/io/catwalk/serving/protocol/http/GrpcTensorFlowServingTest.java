package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;

import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.protocol.tensorflow.BytesList;
import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.Example;
import io.catwalk.protocol.tensorflow.Feature;
import io.catwalk.protocol.tensorflow.Features;
import io.catwalk.protocol.tensorflow.FloatList;
import io.catwalk.protocol.tensorflow.TensorProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.ExampleList;
import io.catwalk.protocol.tensorflow.serving.GetModelMetadataRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelStatusRequest;
import io.catwalk.protocol.tensorflow.serving.Input;
import io.catwalk.protocol.tensorflow.serving.ModelServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.ModelSpec;
import io.catwalk.protocol.tensorflow.serving.ModelVersionStatus.State;
import io.catwalk.protocol.tensorflow.serving.PredictRequest;
import io.catwalk.protocol.tensorflow.serving.PredictResponse;
import io.catwalk.protocol.tensorflow.serving.SignatureDefMap;
import io.catwalk.serving.TinyModel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** TensorFlow Serving over gRPC. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class GrpcTensorFlowServingTest extends OverGrpc {
    @Test
    void answersAsTensorFlowServing() throws InvalidProtocolBufferException {
        TensorProto content = tensor(DataType.DT_FLOAT, 1, PIXELS)
                .setTensorContent(ByteString.copyFrom(floats(TinyModel.image(STRIP))))
                .build();
        TensorProto.Builder values = tensor(DataType.DT_FLOAT, 1, 28, 28, 1);
        TensorProto.Builder integers = tensor(DataType.DT_UINT8, 1, 28, 28);
        TensorProto.Builder halves = tensor(DataType.DT_HALF, 1, PIXELS);
        for (float value : TinyModel.image(STRIP)) {
            values.addFloatVal(value);
            integers.addIntVal(Math.round(value * 255));
            halves.addHalfVal(Float.floatToFloat16(value));
        }
        TensorProto picture = tensor(DataType.DT_STRING, 1)
                .addStringVal(ByteString.copyFrom(TinyModel.png(STRIP)))
                .build();
        for (TensorProto input : List.of(content, values.build(), integers.build(), halves.build(), picture)) {
            PredictResponse response = prediction.predict(predict(input).build());
            assertThat(response.getModelSpec().getVersion().getValue()).isEqualTo(1);
            assertThat(response.getOutputsMap()).containsOnlyKeys("probabilities");
            assertThat(best(response.getOutputsOrThrow("probabilities").getFloatValList()))
                    .isEqualTo(STRIP);
        }
        PredictRequest.Builder labelled = predict(content).addOutputFilter("probabilities");
        labelled.getModelSpecBuilder().setVersionLabel("stable").setSignatureName("serving_default");
        assertThat(prediction.predict(labelled.build()).getOutputsCount()).isEqualTo(1);
        labelled.getModelSpecBuilder().setVersion(Int64Value.of(9));
        refused(labelled.build(), Status.Code.NOT_FOUND, "version 9 of model 'fashion' is not loaded");
        refused(predict(content).addOutputFilter("logits").build(), Status.Code.INVALID_ARGUMENT, "output_filter");
        refused(
                predict(tensor(DataType.DT_FLOAT, 2, PIXELS).addFloatVal(0).build())
                        .build(),
                Status.Code.INVALID_ARGUMENT,
                "inputs['images'] must have tensor_content, or 1568 elements in float_val");
        SignatureDefMap signatures = prediction
                .getModelMetadata(GetModelMetadataRequest.newBuilder()
                        .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                        .addMetadataField("signature_def")
                        .build())
                .getMetadataOrThrow("signature_def")
                .unpack(SignatureDefMap.class);
        assertThat(signatures.getSignatureDefOrThrow("serving_default").getInputsMap())
                .containsOnlyKeys("images");
        assertThat(ModelServiceGrpc.newBlockingStub(channel)
                        .getModelStatus(GetModelStatusRequest.newBuilder()
                                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                                .build())
                        .getModelVersionStatus(0)
                        .getState())
                .isEqualTo(State.AVAILABLE);
        given().get(management.resolve("/q/metrics")).then().body(containsString("protocol=\"tfs-grpc\""));
    }

    @Test
    void classifiesExamples() {
        FloatList.Builder floats = FloatList.newBuilder();
        for (float value : TinyModel.image(STRIP)) {
            floats.addValue(value);
        }
        ClassificationRequest request = ClassificationRequest.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                .setInput(Input.newBuilder()
                        .setExampleList(ExampleList.newBuilder()
                                .addExamples(example(
                                        "image/encoded",
                                        Feature.newBuilder()
                                                .setBytesList(BytesList.newBuilder()
                                                        .addValue(ByteString.copyFrom(TinyModel.png(STRIP))))))
                                .addExamples(
                                        example("images", Feature.newBuilder().setFloatList(floats)))))
                .build();

        assertThat(prediction.classify(request).getResult().getClassificationsList())
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.getClassesList()).hasSize(10);
                    assertThat(best(one.getClassesList().stream()
                                    .map(scored -> scored.getScore())
                                    .toList()))
                            .isEqualTo(STRIP);
                    assertThat(one.getClasses(STRIP).getLabel()).isEqualTo(TinyModel.LABELS.get(STRIP));
                });
    }

    private void refused(PredictRequest request, Status.Code code, String message) {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> prediction.predict(request));
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).contains(message);
    }

    private static Example example(String name, Feature.Builder feature) {
        return Example.newBuilder()
                .setFeatures(Features.newBuilder().putFeature(name, feature.build()))
                .build();
    }

    private static PredictRequest.Builder predict(TensorProto input) {
        return PredictRequest.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                .putInputs("images", input);
    }

    private static TensorProto.Builder tensor(DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(Dim.newBuilder().setSize(size));
        }
        return TensorProto.newBuilder().setDtype(type).setTensorShape(dimensions);
    }
}
