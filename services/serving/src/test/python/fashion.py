"""The test model's pictures: light in the strip of one class, which is then the most probable."""

import struct
import zlib

import numpy as np

STRIP = 3
LABEL = "Dress"


def pixels() -> np.ndarray:
    """One picture of the shape [1, 28, 28, 1], from 0 to 255."""
    values = np.zeros(28 * 28, dtype=np.uint8)
    values[STRIP * 78 : (STRIP + 1) * 78] = 255
    return values.reshape(1, 28, 28, 1)


def image() -> np.ndarray:
    """The same from 0 to 1."""
    return (pixels() / 255).astype(np.float32)


def png() -> bytes:
    """The same as a PNG file of one grey channel."""
    rows = b"".join(b"\0" + row.tobytes() for row in pixels().reshape(28, 28))
    header = struct.pack(">IIBBBBB", 28, 28, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def check(probabilities) -> None:
    """Requires the strip's class as the most probable one."""
    assert int(np.argmax(np.asarray(probabilities).reshape(-1))) == STRIP, probabilities
