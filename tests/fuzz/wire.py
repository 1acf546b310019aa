"""Throws frames at the decoder, guided by coverage; part of `make check-all`.

`python tests/fuzz/wire.py -max_total_time=60` ends with a traceback as soon as a frame raises anything but
`WireError`.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris
import numpy as np

with atheris.instrument_imports(include=["grader.sandbox.codec"]):
    from grader.sandbox import codec

CORPUS = "GRADE_FUZZ_CORPUS"
SEEDS = (
    None,
    True,
    -3,
    2.5,
    1j,
    "text",
    [1, (2.0, {"key": "value"})],
    np.arange(6.0).reshape(2, 3),
    {"id": "x", "kind": "value", "value": np.float32(1.5), "updated": {}, "modified": ()},
)


def one(data: bytes) -> None:
    """A frame as it comes off the socket; what is accepted can be sent again."""
    with contextlib.suppress(codec.WireError):
        header, body = codec.sizes(data[: codec.PREFIX.size].ljust(codec.PREFIX.size, b"\0"))
        rest = data[codec.PREFIX.size :]
        codec.encode(codec.decode(rest[:header], rest[header : header + body]))
    # Most of the grammar lies behind the sizes: the same bytes as a header alone.
    with contextlib.suppress(codec.WireError):
        codec.decode(data, b"\0" * 64)


def main() -> None:
    if CORPUS in os.environ:
        atheris.Setup([*sys.argv, os.environ[CORPUS]], one)
        atheris.Fuzz()
    # The fuzzer ends its process without looking back, so what begins is cleared away by another.
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            frame = codec.encode(seed)
            (Path(folder) / f"{number}-whole").write_bytes(frame)
            (Path(folder) / f"{number}-header").write_bytes(frame[codec.PREFIX.size :])
        sys.exit(subprocess.run([sys.executable, *sys.argv], env={**os.environ, CORPUS: folder}).returncode)


if __name__ == "__main__":
    main()
