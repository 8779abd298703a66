"""Prints what TensorBoard reads in a folder of event files, as JSON."""

import json
import sys

from tensorboard.backend.event_processing import event_accumulator

everything = {
    event_accumulator.SCALARS: 0,
    event_accumulator.HISTOGRAMS: 0,
    event_accumulator.IMAGES: 0,
}
events = event_accumulator.EventAccumulator(sys.argv[1], size_guidance=everything)
events.Reload()
tags = events.Tags()


def histogram(event):
    value = event.histogram_value
    return {"num": value.num, "min": value.min, "buckets": sum(value.bucket)}


print(
    json.dumps(
        {
            "scalars": {
                tag: [[point.step, point.value, point.wall_time] for point in events.Scalars(tag)]
                for tag in tags["scalars"]
            },
            "histograms": {
                tag: [histogram(event) for event in events.Histograms(tag)]
                for tag in tags["histograms"]
            },
            "images": {
                tag: [image.width for image in events.Images(tag)] for tag in tags["images"]
            },
            "graph": len(events.Graph().node) if tags["graph"] else 0,
        }
    )
)
