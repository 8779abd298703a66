"""tritonclient over HTTP."""

import base64
import sys

import numpy as np
import tritonclient.http as triton
from fashion import LABEL, STRIP, check, image, pixels, png
from tritonclient.utils import InferenceServerException

MODEL = "fashion"
OUTPUT = "probabilities"

client = triton.InferenceServerClient(sys.argv[1].removeprefix("http://").rstrip("/"))


def infer(values, datatype, binary=True, binary_output=True, **more):
    tensor = triton.InferInput("images", list(values.shape), datatype)
    tensor.set_data_from_numpy(values, binary_data=binary)
    output = triton.InferRequestedOutput(OUTPUT, binary_data=binary_output)
    return client.infer(MODEL, [tensor], outputs=[output], **more)


assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(MODEL)
assert not client.is_model_ready("no-such-model")
assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
metadata = client.get_model_metadata(MODEL)
assert metadata["inputs"][0] == {"name": "images", "datatype": "FP32", "shape": [-1, 28, 28, 1]}, metadata
version = metadata["versions"][-1]
assert client.get_model_metadata(MODEL, version)["name"] == MODEL
assert client.get_model_config(MODEL)["max_batch_size"] > 0
assert any(entry["name"] == MODEL for entry in client.get_model_repository_index())

wanted = infer(image(), "FP32").as_numpy(OUTPUT)
check(wanted)
for binary in (True, False):
    for binary_output in (True, False):
        for values, datatype in ((image(), "FP32"), (pixels(), "UINT8"), (image().astype(np.float64), "FP64")):
            answer = infer(values, datatype, binary, binary_output, request_id="q1", model_version=version)
            np.testing.assert_allclose(answer.as_numpy(OUTPUT), wanted, rtol=1e-5)
            assert answer.get_response()["id"] == "q1"
check(infer(np.array([png()], dtype=object), "BYTES").as_numpy(OUTPUT))
check(infer(np.array([base64.b64encode(png())], dtype=object), "BYTES", binary=False).as_numpy(OUTPUT))
half = infer(image().astype(np.float16), "FP16")
check(half.as_numpy(OUTPUT))

tensor = triton.InferInput("images", [2, 28, 28, 1], "FP32")
tensor.set_data_from_numpy(np.concatenate([image(), image()]))
assert client.infer(MODEL, [tensor]).as_numpy(OUTPUT).shape == (2, 10)
for compression in ("gzip", "deflate"):
    try:
        check(client.infer(MODEL, [tensor], request_compression_algorithm=compression).as_numpy(OUTPUT)[0])
    except InferenceServerException as e:
        assert compression == "deflate" and "gzip" in str(e), e

for binary in (True, False):
    output = triton.InferRequestedOutput(OUTPUT, binary_data=binary, class_count=2)
    classes = client.infer(MODEL, [tensor], outputs=[output]).as_numpy(OUTPUT)
    best = classes[0][0].decode() if isinstance(classes[0][0], bytes) else classes[0][0]
    assert best.split(":")[1:] == [str(STRIP), LABEL], classes

before = client.get_inference_statistics(MODEL)["model_stats"][0]["inference_stats"]["success"]["count"]
assert before > 10, before
for call in (lambda: client.infer("no-such-model", [tensor]), lambda: client.get_model_metadata(MODEL, "99")):
    try:
        call()
        raise AssertionError("an unknown model was answered")
    except InferenceServerException as e:
        assert e.status() == "404", e
print("ok")
