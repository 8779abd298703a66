"""tritonclient over gRPC."""

import sys

import numpy as np
import tritonclient.grpc as triton
from fashion import LABEL, STRIP, check, image, pixels, png
from tritonclient.utils import InferenceServerException

MODEL = "fashion"
OUTPUT = "probabilities"

client = triton.InferenceServerClient(sys.argv[2])


def infer(values, datatype, **more):
    tensor = triton.InferInput("images", list(values.shape), datatype)
    tensor.set_data_from_numpy(values)
    return client.infer(MODEL, [tensor], outputs=[triton.InferRequestedOutput(OUTPUT)], **more)


assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(MODEL)
assert not client.is_model_ready("no-such-model")
assert client.get_server_metadata().name == "catwalk"
metadata = client.get_model_metadata(MODEL, as_json=True)
assert metadata["inputs"][0] == {"name": "images", "datatype": "FP32", "shape": ["-1", "28", "28", "1"]}, metadata
version = metadata["versions"][-1]
assert client.get_model_metadata(MODEL, version).name == MODEL
assert client.get_model_config(MODEL).config.max_batch_size > 0
assert any(entry.name == MODEL for entry in client.get_model_repository_index().models)

wanted = infer(image(), "FP32").as_numpy(OUTPUT)
check(wanted)
for values, datatype in ((image(), "FP32"), (pixels(), "UINT8"), (image().astype(np.float64), "FP64")):
    answer = infer(values, datatype, request_id="q1", model_version=version)
    np.testing.assert_allclose(answer.as_numpy(OUTPUT), wanted, rtol=1e-5)
    assert answer.get_response().id == "q1"
check(infer(image().astype(np.float16), "FP16").as_numpy(OUTPUT))
check(infer(np.array([png()], dtype=object), "BYTES").as_numpy(OUTPUT))
check(infer(image(), "FP32", compression_algorithm="gzip").as_numpy(OUTPUT))
check(infer(image(), "FP32", client_timeout=5).as_numpy(OUTPUT))

tensor = triton.InferInput("images", [2, 28, 28, 1], "FP32")
tensor.set_data_from_numpy(np.concatenate([image(), image()]))
assert client.infer(MODEL, [tensor]).as_numpy(OUTPUT).shape == (2, 10)
output = triton.InferRequestedOutput(OUTPUT, class_count=2)
best = client.infer(MODEL, [tensor], outputs=[output]).as_numpy(OUTPUT)[0][0].decode()
assert best.split(":")[1:] == [str(STRIP), LABEL], best

statistics = client.get_inference_statistics(MODEL).model_stats[0].inference_stats
assert statistics.success.count >= 9, statistics
for call in (lambda: client.infer("no-such-model", [tensor]), lambda: client.get_model_metadata(MODEL, "99")):
    try:
        call()
        raise AssertionError("an unknown model was answered")
    except InferenceServerException as e:
        assert e.status() == "StatusCode.NOT_FOUND", e
try:
    infer(image().reshape(1, 784, 1, 1)[:, :700], "FP32")
    raise AssertionError("an image of another shape was answered")
except InferenceServerException as e:
    assert e.status() == "StatusCode.INVALID_ARGUMENT", e
print("ok")
