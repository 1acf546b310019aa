"""What the kernel's walls stop, what they leave to honest code, and that they are tried, not assumed."""

import platform
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import process
from grader.sandbox.client import Isolation, Sandbox
from grader.sandbox.failures import SandboxError, StudentError, WorkerLost
from grader.sandbox.probes import ATTACKS, prove
from tests.conftest import HAS_SECCOMP

pytestmark = pytest.mark.skipif(not HAS_SECCOMP, reason="the walls are made of Linux with libseccomp")

MEMORY = 512 * 2**20


@pytest.fixture(scope="module")
def walled() -> Iterator[Sandbox]:
    with Sandbox(Isolation.STRICT) as opened:
        yield opened


@pytest.fixture(scope="module")
def unwalled() -> Iterator[Sandbox]:
    with Sandbox(Isolation.PROCESS) as opened:
        yield opened


def run(sandbox: Sandbox, body: str, *, packages: bool = False) -> object:
    """What `f` returns whose body is given."""
    worker = sandbox.worker(memory=MEMORY, seconds=10, packages=packages)
    try:
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        worker.load(f"def f():\n{lines}", deadline=time.monotonic() + 10)
        return worker.call("f", (), deadline=time.monotonic() + 10).value
    finally:
        worker.end()


def test_every_probe_is_stopped_behind_the_walls(walled: Sandbox) -> None:
    assert walled.isolation == "strict"
    assert [probe.what for probe in prove(walled) if probe.got_through] == []


def test_the_same_probes_get_through_without_them(unwalled: Sandbox) -> None:
    """Else they would prove nothing."""
    assert unwalled.isolation == "process"
    through = {probe.what for probe in prove(unwalled) if probe.got_through}
    assert through >= set(ATTACKS.values()) - {ATTACKS["holds_a_file"], ATTACKS["looks_into_the_grader"]}


@pytest.mark.parametrize(
    "body",
    [
        "import numpy as np\nreturn float((np.ones((200, 200)) @ np.ones((200, 200))).sum())",
        "import numpy as np\nreturn np.linalg.svd(np.eye(20))[1]",
        "import numpy as np\nreturn np.fft.rfft(np.arange(8.0)).real",
        "import numpy as np\nreturn np.random.default_rng(0).normal(size=3)",
        "import numpy as np\nreturn np.einsum('ij,jk->ik', np.eye(2), np.eye(2))",
        "import numpy as np\nnp.testing.assert_allclose(1.0, 1.0)\nreturn 1",
        "import numpy as np\nreturn np.loadtxt(['1 2', '3 4'])",
        "import numpy as np, io\nfile = io.BytesIO()\nnp.save(file, np.eye(2))\nreturn len(file.getvalue())",
        "import warnings\nwarnings.warn('look')\nreturn 1",
        "import datetime\nreturn datetime.datetime.now().year",
        "import time\ntime.sleep(0.01)\nreturn time.perf_counter() > 0",
        "import collections, dataclasses, functools, heapq, itertools, math, typing\nreturn math.tau",
        "import logging\nlogging.warning('look')\nreturn 1",
        "import random\nreturn random.random() < 1",
        "return 'Grüße'.encode('cp1252').decode('latin-1')",
        "import decimal, fractions\nreturn str(decimal.Decimal(1) / 3)",
        "import hashlib\nreturn hashlib.sha256(b'x').hexdigest()",
        "import gc\nreturn gc.collect() >= 0",
        "import inspect\nreturn str(inspect.signature(lambda x, y=1: 0))",
        "import traceback\nreturn len(traceback.format_stack()) > 0",
        "import copy, json, pprint\nreturn json.dumps(copy.deepcopy({'a': [1]}))",
    ],
)
def test_honest_code_runs_as_it_does_without_them(walled: Sandbox, unwalled: Sandbox, body: str) -> None:
    assert repr(run(walled, body)) == repr(run(unwalled, body))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("open('/etc/passwd')", "PermissionError"),
        ("open('/tmp/x', 'w')", "PermissionError"),
        ("import os\nos.fork()", "PermissionError"),
        ("import os\nos.kill(os.getppid(), 9)", "PermissionError"),
        ("import threading\nthreading.Thread(target=print).start()", "can't start new thread"),
        ("import fcntl, os\nfcntl.fcntl(1, fcntl.F_SETFL, os.O_DIRECT)", "PermissionError"),
        ("import socket\nsocket.socket()", "PermissionError"),
        ("import scipy_or_another", "`scipy_or_another` is not available to submissions"),
        ("import numpy.no_such_part", "`numpy.no_such_part` is not available to submissions"),
    ],
)
def test_what_is_stopped_is_an_ordinary_exception(walled: Sandbox, body: str, told: str) -> None:
    with pytest.raises(StudentError, match=told):
        run(walled, body)


class TestPackages:
    """Where an exercise allows every installed package, packages can be read, nothing else."""

    @pytest.mark.parametrize(
        "body",
        [
            "import yaml\nreturn yaml.safe_load('a: [1, 2]')",
            "import xml.etree.ElementTree as tree\nreturn tree.fromstring('<a/>').tag",
            "import jinja2\nreturn jinja2.Template('{{ 1 + 1 }}').render()",
            "import inspect, json\nreturn 'def dumps' in inspect.getsource(json.dumps)",
        ],
    )
    def test_they_can_be_imported(self, walled: Sandbox, body: str) -> None:
        assert run(walled, body, packages=True)
        with pytest.raises(StudentError):
            run(walled, body)

    @pytest.mark.parametrize(
        "body",
        [
            "open('/etc/passwd')",
            f"open({__file__!r})",
            f"import os\nos.listdir({str(Path(__file__).parent)!r})",
            "open('/proc/self/environ')",
            "import json\nopen(json.__file__, 'r+')",
            "import json, os\nopen(os.path.dirname(json.__file__) + '/new', 'w')",
            "import tempfile\ntempfile.TemporaryFile()",
            "import json, os\nos.open(os.path.dirname(json.__file__), os.O_RDWR | os.O_TMPFILE)",
            "import json, os\nos.unlink(json.__file__)",
            "import os\nos.fork()",
            "import socket\nsocket.socket()",
            "import os\nos.chdir('/')",
        ],
    )
    def test_nothing_else_opens(self, walled: Sandbox, body: str) -> None:
        with pytest.raises(StudentError, match=r"PermissionError|FileNotFoundError: .*No usable temporary"):
            run(walled, body, packages=True)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="an instruction of that processor")
def test_a_call_of_another_architecture_ends_the_worker(walled: Sandbox) -> None:
    """`int 0x80` reaches the 32-bit table of calls, whose numbers mean something else."""
    body = (
        "import ctypes, mmap\n"
        "code = mmap.mmap(-1, 4096, prot=7)\n"
        "code.write(bytes.fromhex('b814000000cd80c3'))\n"  # mov eax, getpid; int 0x80; ret
        "return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()"
    )
    with pytest.raises(WorkerLost, match="another kind of machine"):
        run(walled, body)


def test_without_libseccomp_strict_is_refused_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    command = process._command
    monkeypatch.setattr(process, "_command", lambda mode, fd: command("open", fd))
    with Sandbox() as opened:
        assert opened.isolation == "process"
        assert opened.missing
    with pytest.raises(SandboxError, match="strict isolation is not to be had here: "):
        Sandbox(Isolation.STRICT)
