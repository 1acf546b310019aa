"""The other graders, each installed in an environment of its own and given the same ten tests.

`python benchmarks/peers.py --cache DIR` installs them there and marks one submission with each.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import formats
from measure import Spent, command, timed
from submissions import Submission, submission

REPOSITORY = Path(__file__).parent.parent
COURSE = Path(__file__).with_name("course")
OURS = ("numpy", "hypothesis", "pytest")
"""What every peer gets in the version that this program runs with."""


@dataclass(frozen=True, slots=True)
class Format:
    """How one grader is told about tests and submissions.

    `prepare` and `hand_in` are not timed, `mark` is; `passed` says of how many of the ten tests it approved.
    """

    name: str
    packages: tuple[str, ...]
    prepare: Callable[[Path, Path], None]
    hand_in: Callable[[Path, Sequence[Submission]], None]
    commands: Callable[[Path, Sequence[Submission]], list[list[str]]]
    passed: Callable[[Path, Submission, str], int]


FORMATS = (
    Format("bare pytest", (), formats.prepare_pytest, formats.write_files, formats.pytest, formats.of_pytest),
    Format(
        "otter run 7.0.0",
        ("otter-grader==7.0.0", "ipykernel"),
        formats.prepare_otter,
        formats.write_notebooks,
        formats.otter,
        formats.of_otter,
    ),
    Format(
        "nbgrader 0.9.6",
        ("nbgrader==0.9.6", "ipykernel"),
        formats.prepare_nbgrader,
        formats.submit_notebooks,
        formats.nbgrader,
        formats.of_nbgrader,
    ),
    Format(
        "gradescope-utils 0.5.0",
        ("gradescope-utils==0.5.0",),
        formats.prepare_gradescope,
        formats.write_files,
        formats.gradescope,
        formats.of_gradescope,
    ),
)


class Peer:
    """One grader in its own environment, with a folder to work in."""

    def __init__(self, form: Format, cache: Path, work: Path) -> None:
        self.name = form.name
        self.trouble = ""
        self.misjudged: set[str] = set()
        self._form = form
        self._bin = cache / form.name.replace(" ", "-") / "bin"
        self._place = work / form.name.replace(" ", "-")
        self._support = work / "support"
        try:
            _install(self._bin.parent, form.packages)
            self._place.mkdir(parents=True)
            with self._environment():
                form.prepare(self._place, self._bin)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            last = str(error).splitlines()[-1].replace(str(cache), "CACHE").replace(str(work), "WORK")
            self.trouble = f"not installed: {last[:200]}"

    def mark(self, batch: Sequence[Submission]) -> Spent:
        """What marking the batch costs, one after another; who is judged otherwise than deserved is noted."""
        self._form.hand_in(self._place, batch)
        commands = self._form.commands(self._place, batch)
        told: list[str] = []
        with self._environment():
            spent = timed(lambda: told.extend(self._run(line) for line in commands))
        for number, one in enumerate(batch):
            passed = self._form.passed(self._place, one, told[min(number, len(told) - 1)])
            if (passed == formats.TESTS) is not one.is_right:
                self.misjudged.add(f"{one.name} ({passed} of {formats.TESTS})")
        return spent

    def _run(self, line: Sequence[str]) -> str:
        variables = dict(item.split("=", 1) for item in line if item.startswith("SUBMISSION="))
        words = [word for word in line if not word.startswith("SUBMISSION=")]
        # A grader may end with a code of its own when a test fails; what it passed is looked at afterwards.
        return command(
            [self._bin / words[0], *words[1:]],
            folder=self._place,
            environment=variables,
            allowed=range(256),
        )

    @contextmanager
    def _environment(self) -> Iterator[None]:
        added: Mapping[str, str] = {
            "PYTHONPATH": str(self._support),
            "PATH": f"{self._bin}{os.pathsep}{os.environ['PATH']}",
            "IPYTHONDIR": str(self._place / ".ipython"),
            "JUPYTER_CONFIG_DIR": str(self._place / ".jupyter"),
        }
        before = {name: os.environ.get(name) for name in added}
        os.environ.update(added)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


@contextmanager
def peers(cache: Path | None) -> Iterator[list[Peer]]:
    """All peers, ready to mark; what is installed in `cache` already is used as it is."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        work = Path(folder)
        _support(work / "support")
        yield [Peer(form, cache or work / "cache", work) for form in FORMATS]


def _support(folder: Path) -> None:
    """What the tests import: themselves, the reference, and the assertions of `grader.testing` alone."""
    shutil.copytree(REPOSITORY / "grader" / "testing", folder / "grader" / "testing")
    (folder / "grader" / "__init__.py").touch()
    shutil.copy(COURSE / "solutions" / "deep" / "deep.py", folder / "reference.py")
    shutil.copy(COURSE / "solutions" / "deep" / "test_hidden.py", folder)
    shutil.copy(COURSE / "exercises" / "deep" / "test_public.py", folder)
    shutil.copy(formats.FILES / "ten.py", folder)


def _install(folder: Path, packages: Sequence[str]) -> None:
    if (folder / "complete").exists():
        return
    print(f"installing {', '.join(packages) or 'pytest'} …", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    wanted = [f"{name}=={version(name)}" for name in OURS]
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    command([*pip, *wanted, *packages], folder=folder)
    (folder / "complete").touch()


def remarks(ready: Sequence[Peer]) -> Iterator[str]:
    """What to know about the peers' figures: whose are missing, and whose say little."""
    for peer in ready:
        if peer.trouble:
            yield f"{peer.name}: {peer.trouble}"
        if peer.misjudged:
            yield f"{peer.name} did not judge as deserved: {', '.join(sorted(peer.misjudged))}"
    if not any(peer.misjudged for peer in ready):
        yield "Every grader passed all ten tests of every right submission and fewer of every wrong one."


def add_cache(parser: argparse.ArgumentParser) -> None:
    """The option that all benchmarks with peers have."""
    parser.add_argument(
        "--cache", type=Path, help="install the peers here, and use what is there (default: a passing folder)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add_cache(parser)
    with peers(parser.parse_args().cache) as ready:
        for peer in ready:
            print(f"{peer.name:<24}", peer.trouble or f"{peer.mark([submission(0)]).wall:.2f} s")
        print(*remarks(ready), sep="\n")


if __name__ == "__main__":
    main()
