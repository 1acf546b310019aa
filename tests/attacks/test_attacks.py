"""Attack programs earn what they honestly deserve, and stop earning nothing where the walls are down."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HAS_SECCOMP

if not HAS_SECCOMP:
    pytest.skip("strict isolation needs Linux with libseccomp", allow_module_level=True)

from tests.attacks import box

pytestmark = [
    pytest.mark.skipif(not box.can_be_made(), reason="this machine lets nobody make the box"),
    pytest.mark.timeout(box.SECONDS),
]

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
HEADER = re.compile(r"# attack: \S.*\n# score: (\d)/5\n# verdict: (failed|passed)\n\n")
SAMPLE = [path for path in PROGRAMS if path.stem.startswith("six_")] + PROGRAMS[::25]
"""The tricks that are known to fool other graders, with some of every kind; `make check-all` runs all."""
LEAST = 100
"""Programs in the suite."""
BITES = 100
"""Programs, at the least, that get through where submissions are kept apart by a process alone."""


@cache
def outcomes(user: str, kernel: str, isolation: str, *names: str) -> dict[str, dict[str, Any]]:
    """What each program got, all or those named, with what the run as a whole said under `run`."""
    lines = [json.loads(line) for line in box.run(isolation, *names, user=user, kernel=kernel)]
    run = {**lines[0], **lines[-1]}
    return {"run": run, **{line["program"]: line for line in lines[1:-1]}}


def expected(path: Path) -> tuple[str, str]:
    found = HEADER.match(path.read_text("utf-8"))
    assert found, f"{path.name} has no header"
    return found[1], found[2]


def surprises(got: dict[str, dict[str, Any]], programs: Sequence[Path] = PROGRAMS) -> list[str]:
    """The programs that did not get exactly what their header says."""
    told = []
    for path in programs:
        score, verdict = expected(path)
        line = got.get(path.stem)
        if not line:
            told.append(f"{path.stem}: the grader did not live to mark it")
        elif line["acts"]:
            told.append(f"{path.stem}: its report would act: {line['acts']}")
        elif (line["earned"], line["verdicts"]) != (score, [verdict]):
            told.append(f"{path.stem}: {line['earned']} points, {line['verdicts']}, {line['messages']}")
    return told


def test_there_are_at_least_a_hundred_programs_with_a_header() -> None:
    assert len(PROGRAMS) >= LEAST
    for path in PROGRAMS:
        assert expected(path) in (("0", "failed"), ("5", "passed"))


def test_behind_the_walls_a_program_gets_what_it_deserves() -> None:
    got = outcomes("ordinary", "whole", "strict", *(path.stem for path in SAMPLE))
    assert got["run"]["isolation"] == "strict"
    assert surprises(got, SAMPLE) == []
    assert got["run"]["changed"] == []


@pytest.mark.long
@pytest.mark.parametrize("user", box.USERS)
@pytest.mark.parametrize("kernel", ["whole", "no-landlock"])
def test_every_program_gets_what_it_deserves_for_every_user_and_kernel(user: str, kernel: str) -> None:
    got = outcomes(user, kernel, "strict")
    assert surprises(got) == []
    assert got["run"]["changed"] == []


@pytest.mark.long
def test_without_the_walls_many_programs_get_through() -> None:
    """Else the suite would prove nothing."""
    got = outcomes("ordinary", "whole", "process")
    assert len(surprises(got)) >= BITES


def test_where_a_container_forbids_seccomp_strict_is_refused_and_auto_says_so() -> None:
    with pytest.raises(box.NoBox, match="strict isolation is not to be had here"):
        list(box.run("strict", "none", user="ordinary", kernel="no-seccomp"))
    first = json.loads(next(iter(box.run("auto", "none", user="ordinary", kernel="no-seccomp"))))
    assert first["isolation"] == "process"


def test_no_attack_runs_outside_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    for mark in ("made", "closed", None):
        if mark:
            monkeypatch.setenv(box.IN_BOX, mark)
        with pytest.raises(box.NoBox, match="in a box only"):
            box.hold()
