"""TensorFlow Serving's REST API with plain requests, as its guide shows it."""

import json
import sys

import requests
from fashion import check, image

URL = sys.argv[1].rstrip("/") + "/v1/models/fashion"

status = requests.get(URL, timeout=10).json()
assert status["model_version_status"][0]["state"] == "AVAILABLE", status
version = status["model_version_status"][0]["version"]
signature = requests.get(URL + "/metadata", timeout=10).json()["metadata"]["signature_def"]["signature_def"]
assert signature["serving_default"]["inputs"]["images"]["dtype"] == "DT_FLOAT", signature

rows = json.dumps({"signature_name": "serving_default", "instances": image().tolist()})
for path in (":predict", f"/versions/{version}:predict", "/labels/stable:predict"):
    check(requests.post(URL + path, data=rows, timeout=10).json()["predictions"][0])
check(requests.post(URL + ":predict", json={"inputs": {"images": image().tolist()}}, timeout=10).json()["outputs"][0])
check(requests.post(URL + ":predict", json={"instances": [{"images": image()[0].tolist()}]}, timeout=10).json()["predictions"])

refused = requests.post(URL + ":predict", data='{"instances": [', timeout=10)
assert refused.status_code == 400 and refused.json()["error"], refused.text
assert requests.get(URL + "x", timeout=10).status_code == 404
print("ok")
