package io.catwalk.serving.protocol.tfs;

import java.util.List;
import java.util.stream.LongStream;

import com.google.protobuf.Any;
import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.SignatureDef;
import io.catwalk.protocol.tensorflow.TensorInfo;
import io.catwalk.protocol.tensorflow.TensorShapeProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.protocol.tensorflow.serving.GetModelMetadataRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelMetadataResponse;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.SignatureDefMap;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.protocol.grpc.GrpcExchange;
import io.catwalk.serving.protocol.grpc.GrpcService;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.ServerServiceDefinition;
import jakarta.inject.Singleton;

/** TensorFlow Serving's PredictionService. */
@Singleton
public final class PredictionGrpc implements GrpcService {
    private static final String NAME = "tfs-grpc";
    private static final String SIGNATURES = "signature_def";

    private final GrpcExchange exchange;
    private final ServedModels models;
    private final PictureReader pictures;

    public PredictionGrpc(GrpcExchange exchange, ServedModels models, PictureReader pictures) {
        this.exchange = exchange;
        this.models = models;
        this.pictures = pictures;
    }

    @Override
    public ServerServiceDefinition definition() {
        return exchange.methodsOf(PredictionServiceGrpc.getServiceDescriptor())
                .predict(
                        PredictionServiceGrpc.getPredictMethod(),
                        NAME,
                        request -> ModelSpecs.reference(request.getModelSpec()),
                        new PredictCodec(pictures))
                .predict(
                        PredictionServiceGrpc.getClassifyMethod(),
                        NAME,
                        request -> ModelSpecs.reference(request.getModelSpec()),
                        new ClassifyCodec(pictures))
                .query(
                        PredictionServiceGrpc.getGetModelMetadataMethod(),
                        request -> request.getModelSpec().getName(),
                        this::metadata)
                .build();
    }

    private GetModelMetadataResponse metadata(GetModelMetadataRequest request) {
        if (!request.getMetadataFieldList().equals(List.of(SIGNATURES))) {
            throw RefusedException.badInput("metadata_field must be " + SIGNATURES + " alone, there is no other");
        }
        LoadedModel loaded = models.acquire(ModelSpecs.reference(request.getModelSpec()));
        try {
            SignatureDefMap signatures = SignatureDefMap.newBuilder()
                    .putSignatureDef(Signature.NAME, describe(loaded.engine().signature()))
                    .build();
            return GetModelMetadataResponse.newBuilder()
                    .setModelSpec(ModelSpecs.of(loaded.version()))
                    .putMetadata(SIGNATURES, Any.pack(signatures))
                    .build();
        } finally {
            loaded.release();
        }
    }

    private static SignatureDef describe(Signature signature) {
        return SignatureDef.newBuilder()
                .putInputs(
                        signature.input(),
                        floats(
                                signature.input(),
                                signature.image().height(),
                                signature.image().width(),
                                signature.image().channels()))
                .putOutputs(signature.output(), floats(signature.output(), signature.classes()))
                .setMethodName("tensorflow/serving/predict")
                .build();
    }

    /** A batch of float tensors; the batch's size is open. */
    private static TensorInfo floats(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        LongStream.concat(LongStream.of(-1), LongStream.of(sizes))
                .forEach(size -> shape.addDim(Dim.newBuilder().setSize(size)));
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape)
                .build();
    }
}
