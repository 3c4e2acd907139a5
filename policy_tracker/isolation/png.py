"""Pixels to a PNG (https://www.w3.org/TR/png-3/), by the standard library's zlib alone."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _RGB = 8, 2
_LEVEL = 6


def png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture of `pixels`: rows, columns, red green blue."""
    high, wide, _ = pixels.shape
    rows = np.zeros((high, 1 + 3 * wide), np.uint8)  # each row begins with the number of its filter: none
    rows[:, 1:] = pixels.reshape(high, 3 * wide)
    head = struct.pack(">IIBBBBB", wide, high, _EIGHT_BITS, _RGB, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
