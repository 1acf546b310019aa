"""Marks every attack program inside the box; prints a line of JSON for each, then what was left behind."""

import ctypes
import json
import os
import re
import socketserver
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course import load_exercises
from grader.grading import grade_all
from grader.model.report import ExerciseReport, Report
from grader.report import writer
from grader.sandbox.client import Isolation, Sandbox
from grader.sandbox.probes import prove
from grader.submission import Source
from tests.attacks import box

HERE = Path(__file__).parent
REFERENCE = HERE / "course" / "solutions" / "target" / "target.py"
CANARY = b"open sesame"
PORT = 4242
SHARED = 0x6772
CHUNK = 20
ACTS = re.compile(r"\x1b|\r|^\s*::|##\w*\[", re.MULTILINE)
"""What a terminal or the log of a CI would obey."""


def main() -> None:
    user, kernel, isolation, *names = sys.argv[1:]
    if os.environ.get(box.IN_BOX) == "made" and os.getpid() == 1:
        box.close(user, kernel)
        furnish()
        box.leave_rights(user)
    box.hold()
    listen()
    share()
    before = state()
    with Sandbox(Isolation(isolation)) as sandbox:
        through = [probe.what for probe in prove(sandbox) if probe.got_through]
        tell({"isolation": sandbox.isolation, "through": through, "uid": os.geteuid()})
        exercise = load_exercises(HERE / "course")["target"]
        for chunk in chunks(list(programs(names))):
            reports = grade_all(exercise, [source(path) for path in chunk], sandbox)
            for path, report in zip(chunk, reports, strict=True):
                tell({"program": path.stem, **outcome(report)})
    tell({"changed": [name for name, value in state().items() if value != before[name]]})


def programs(names: list[str]) -> Iterator[Path]:
    """Those of the suite, all or by name; a name with a slash is the path of one that is being tried."""
    yield from (Path(name) for name in names if "/" in name)
    for path in sorted((HERE / "programs").glob("*.py")):
        if not names or path.stem in names:
            yield path


def chunks(paths: list[Path]) -> Iterator[list[Path]]:
    """A few at a time: what was marked is told before one can take the grader with it."""
    for start in range(0, len(paths), CHUNK):
        yield paths[start : start + CHUNK]


def source(path: Path) -> Source:
    text = path.read_text("utf-8")
    if "def got_through(" in text:
        text += (HERE / "tail.py").read_text("utf-8")
    return Source(text, "target.py")


def outcome(report: ExerciseReport) -> dict[str, Any]:
    hidden = [test for test in report.tests if test.score.possible]
    return {
        "earned": str(report.score.earned),
        "verdicts": sorted({str(test.verdict) for test in hidden}),
        "messages": sorted({test.message or "" for test in hidden}),
        "acts": ACTS.findall(writer("terminal")(Report("strict", (report,)))),
    }


def tell(line: dict[str, Any]) -> None:
    # A descriptor of its own would be one more to find: standard output, whole lines.
    os.write(1, json.dumps(line).encode() + b"\n")


# --- what there is to reach --------------------------------------------------------------------------------


def furnish() -> None:
    """Puts into the box what attacks are after."""
    (box.FOLDER / "canary.txt").write_bytes(CANARY)
    (box.FOLDER / "report.json").write_text('{"score": null}\n', "utf-8")
    (box.FOLDER / "lock").touch()
    for name in ("drop", "tmp"):
        (box.FOLDER / name).mkdir()
        (box.FOLDER / name).chmod(0o777)


class Answers(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        if isinstance(self.request, tuple):
            self.request[1].sendto(CANARY, self.client_address)
        else:
            self.request.sendall(CANARY)


class UnixServer(socketserver.ThreadingUnixStreamServer):
    def get_request(self) -> Any:
        return self.socket.accept()[0], "somebody"


def share() -> None:
    """A System V shared memory segment, which has no owner's process to die with; the box's own."""
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(SHARED, 4096, 0o1666)
    ctypes.memmove(libc.shmat(number, None, 0), CANARY, len(CANARY))


def listen() -> None:
    tempfile.tempdir = str(box.FOLDER / "tmp")
    servers: list[socketserver.BaseServer] = [
        socketserver.ThreadingTCPServer(("127.0.0.1", PORT), Answers),
        socketserver.ThreadingUDPServer(("127.0.0.1", PORT), Answers),
        UnixServer(str(box.FOLDER / "listener.sock"), Answers),
        UnixServer("\0grade-box", Answers),
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()


def state() -> dict[str, Any]:
    """What no program may change."""
    own = {os.getpid()}
    return {
        "reference": REFERENCE.read_bytes(),
        "report": (box.FOLDER / "report.json").read_bytes(),
        "drop": sorted(entry.name for entry in (box.FOLDER / "drop").iterdir()),
        "folder": sorted(entry.name for entry in box.FOLDER.iterdir()),
        "processes": {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()} - own,
    }


if __name__ == "__main__":
    main()
