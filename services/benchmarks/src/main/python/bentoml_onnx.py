"""BentoML with ONNX Runtime: one model file, one process, one image a request as a JSON array."""

import os

import bentoml
import numpy as np
import onnxruntime


@bentoml.service(workers=1, logging={"access": {"enabled": False}}, metrics={"enabled": False})
class OnnxModel:
    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ["ONNX_THREADS"])
        self._session = onnxruntime.InferenceSession(os.environ["ONNX_MODEL"], options)

    @bentoml.api
    async def predict(self, image: list[float]) -> list[float]:
        images = np.array(image, dtype=np.float32).reshape(1, 28, 28, 1)
        (probabilities,) = self._session.run(["probabilities"], {"images": images})
        return probabilities[0].tolist()
