"""KServe's InferenceGRPCClient."""

import asyncio
import sys

import numpy as np
from fashion import check, image, pixels
from kserve import InferenceGRPCClient, InferInput, InferRequest

MODEL = "fashion"


async def v2():
    client = InferenceGRPCClient(sys.argv[2])
    assert await client.is_server_live() and await client.is_server_ready()
    assert await client.is_model_ready(MODEL)
    for values, datatype in ((image(), "FP32"), (pixels(), "UINT8")):
        for binary in (True, False):
            tensor = InferInput("images", list(values.shape), datatype)
            tensor.set_data_from_numpy(values, binary_data=binary)
            request = InferRequest(model_name=MODEL, infer_inputs=[tensor], request_id="q1")
            answer = await client.infer(request)
            assert answer.id == "q1", answer
            check(np.asarray(answer.outputs[0].as_numpy()))
    await client.close()


asyncio.run(v2())
print("ok")
