"""KServe's Python server with ONNX Runtime: one model file, answered over its protocols v1, v2 and gRPC."""

import argparse
import uuid

import kserve
import numpy as np
import onnxruntime
from kserve.errors import InvalidInput
from kserve.protocol.infer_type import InferOutput, InferRequest, InferResponse
from kserve.utils.utils import get_predict_input, get_predict_response
from onnxruntime.capi.onnxruntime_pybind11_state import InvalidArgument


class OnnxModel(kserve.Model):
    def __init__(self, name: str, file: str):
        super().__init__(name)
        self._file = file

    def load(self) -> bool:
        self._session = onnxruntime.InferenceSession(self._file)
        self.ready = True
        return True

    async def get_input_types(self):
        return [{"name": "images", "datatype": "FP32", "shape": [-1, 28, 28, 1]}]

    async def get_output_types(self):
        return [{"name": "probabilities", "datatype": "FP32", "shape": [-1, 10]}]

    def predict(self, payload, headers=None, response_headers=None):
        try:
            images = np.asarray(get_predict_input(payload), dtype=np.float32)
            (probabilities,) = self._session.run(["probabilities"], {"images": images})
        except (KeyError, TypeError, ValueError, InvalidArgument) as e:
            raise InvalidInput(str(e)) from e
        if isinstance(payload, InferRequest):
            output = InferOutput("probabilities", list(probabilities.shape), "FP32")
            output.set_data_from_numpy(probabilities)
            return InferResponse(
                payload.id or str(uuid.uuid4()),
                self.name,
                [output],
                use_binary_outputs=payload.use_binary_outputs,
                requested_outputs=payload.request_outputs,
            )
        return get_predict_response(payload, probabilities, self.name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(parents=[kserve.model_server.parser])
    parser.add_argument("--file")
    arguments = parser.parse_args()
    model = OnnxModel(arguments.model_name, arguments.file)
    model.load()
    kserve.ModelServer().start([model])
