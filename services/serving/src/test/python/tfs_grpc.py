"""tensorflow-serving-api over gRPC."""

import sys

import grpc
import numpy as np
import tensorflow as tf
from fashion import LABEL, check, image, png
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
)

MODEL = "fashion"

channel = grpc.insecure_channel(sys.argv[2])
predictions = prediction_service_pb2_grpc.PredictionServiceStub(channel)
models = model_service_pb2_grpc.ModelServiceStub(channel)


def predict(tensor, **spec):
    request = predict_pb2.PredictRequest()
    request.model_spec.name = MODEL
    for name, value in spec.items():
        if name == "version":
            request.model_spec.version.value = value
        else:
            setattr(request.model_spec, name, value)
    request.inputs["images"].CopyFrom(tensor)
    return predictions.Predict(request, timeout=10)


for values in (image(), image().astype(np.float64), image().astype(np.float16)):
    answer = predict(tf.make_tensor_proto(values))
    check(tf.make_ndarray(answer.outputs["probabilities"]))
    assert answer.model_spec.version.value == 1
check(tf.make_ndarray(predict(tf.make_tensor_proto([png()], dtype=tf.string)).outputs["probabilities"]))
predict(tf.make_tensor_proto(image()), version=1, signature_name="serving_default")
predict(tf.make_tensor_proto(image()), version_label="stable")
try:
    predict(tf.make_tensor_proto(image()), version=99)
    raise AssertionError("an unknown version was answered")
except grpc.RpcError as e:
    assert e.code() == grpc.StatusCode.NOT_FOUND, e

request = classification_pb2.ClassificationRequest()
request.model_spec.name = MODEL
example = request.input.example_list.examples.add()
example.features.feature["image/encoded"].bytes_list.value.append(png())
example = request.input.example_list.examples.add()
example.features.feature["images"].float_list.value.extend(image().ravel())
classified = predictions.Classify(request, timeout=10).result.classifications
assert len(classified) == 2
for one in classified:
    assert max(one.classes, key=lambda found: found.score).label == LABEL, one

request = get_model_metadata_pb2.GetModelMetadataRequest()
request.model_spec.name = MODEL
request.metadata_field.append("signature_def")
metadata = predictions.GetModelMetadata(request, timeout=10).metadata["signature_def"]
signatures = get_model_metadata_pb2.SignatureDefMap()
assert metadata.Unpack(signatures)
assert [d.size for d in signatures.signature_def["serving_default"].inputs["images"].tensor_shape.dim] == [-1, 28, 28, 1]

request = get_model_status_pb2.GetModelStatusRequest()
request.model_spec.name = MODEL
status = models.GetModelStatus(request, timeout=10).model_version_status
assert status[0].version == 1 and status[0].state == get_model_status_pb2.ModelVersionStatus.AVAILABLE, status
print("ok")
