"""KServe's InferenceRESTClient with both protocols."""

import asyncio
import sys

import numpy as np
from fashion import check, image, pixels
from kserve import InferenceRESTClient, InferInput, InferRequest
from kserve.inference_client import RESTConfig

MODEL = "fashion"
URL = sys.argv[1].rstrip("/")


async def v1():
    client = InferenceRESTClient(RESTConfig(protocol="v1"))
    assert await client.is_model_ready(URL, MODEL)
    answer = await client.infer(URL, {"instances": image().tolist()}, model_name=MODEL)
    check(answer["predictions"][0])
    await client.close()


async def v2():
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    assert await client.is_server_live(URL) and await client.is_server_ready(URL)
    assert await client.is_model_ready(URL, MODEL)
    for values, datatype in ((image(), "FP32"), (pixels(), "UINT8")):
        for binary in (True, False):
            tensor = InferInput("images", list(values.shape), datatype)
            tensor.set_data_from_numpy(values, binary_data=binary)
            request = InferRequest(model_name=MODEL, infer_inputs=[tensor], request_id="q1")
            answer = await client.infer(URL, request, model_name=MODEL)
            assert answer.id == "q1", answer
            check(np.asarray(answer.outputs[0].as_numpy()))
    await client.close()


asyncio.run(v1())
asyncio.run(v2())
print("ok")
