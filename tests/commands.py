"""Runs `grade` as a process of its own, forked from one that has its imports behind it."""

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 100

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.warm"])


def run(
    course: Path, *arguments: str, typed: str = "", environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs the command in a folder; what it imports was imported once for all tests.

    What Python reads from its environment as it starts needs a process that was not forked.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "0").write_text(typed, "utf-8")
        process = _FORKS.Process(target=_become, args=(str(course), arguments, dict(environment), name))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, SECONDS)
        code = process.exitcode
        process.close()
        said = [(folder / number).read_text("utf-8") for number in "12"]
    return subprocess.CompletedProcess(arguments, code, *said)


def _become(course: str, arguments: tuple[str, ...], environment: dict[str, str], folder: str) -> None:
    """Makes a forked process the command."""
    os.chdir(course)
    os.environ.clear()
    os.environ.update(environment)
    for number, mode in enumerate(("rb", "wb", "wb")):
        with Path(folder, str(number)).open(mode) as opened:
            os.dup2(opened.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 (as long as we live)
        for number, (mode, errors) in enumerate([("r", "strict"), ("w", "strict"), ("w", "backslashreplace")])
    )
    sys.argv[1:] = arguments
    try:
        runpy.run_module("grader.cli", run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()  # a fork of `multiprocessing` leaves without them
