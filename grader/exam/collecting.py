"""Finds the papers that were handed in: files by themselves, and folders of hundreds."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import Finding, UsageError
from grader.sandbox.text import one_line

SUFFIXES = (".yaml", ".yml", ".json", ".ipynb")
MAX_DEPTH = 8
"""Folders in a student's folder that are looked into."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A paper and whose it is; `fault` says why it cannot be taken."""

    student: str
    path: Path
    fault: Finding | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """The papers, and what was passed over; `is_many` where a folder was given."""

    papers: tuple[HandedIn, ...]
    passed_over: tuple[Finding, ...]
    is_many: bool


def collect(paths: Sequence[Path]) -> Collected:
    """The papers at `paths`: of a folder each file and each folder in it is one student's.

    Files that were named by themselves keep their order. A student who is found twice has no paper that
    counts: which was meant is not ours to guess.

    Raises:
        UsageError: a folder cannot be read, or there is no paper in any.
    """
    passed_over: list[Finding] = []
    found = list(_by_themselves([path for path in paths if not path.is_dir()]))
    folders = [path for path in paths if path.is_dir()]
    for folder in folders:
        found += _in_folder(folder, passed_over)
    once = list({one.path.resolve(): one for one in found}.values())
    if not once:
        raise UsageError(f"there is no paper in `{folders[0]}`; a paper is a file {_LISTED}")
    papers = _without_twins(once)
    if folders:
        papers.sort(key=lambda one: (_same(one.student), one.student, str(one.path)))
    return Collected(tuple(papers), tuple(sorted(passed_over)), bool(folders))


_LISTED = "`.yaml`, `.json` or `.ipynb`"


def _by_themselves(paths: Sequence[Path]) -> Iterator[HandedIn]:
    """Called by their names; where two have one, by those of their folders too."""
    stems = Counter(_same(path.stem) for path in {path.resolve(): path for path in paths}.values())
    for path in paths:
        is_alone = stems[_same(path.stem)] == 1
        above = "" if is_alone else path.resolve().parent.name
        yield HandedIn(one_line(f"{above}/{path.stem}" if above else path.stem), path)


def _in_folder(folder: Path, passed_over: list[Finding]) -> Iterator[HandedIn]:
    for path in _entries(folder):
        if path.is_dir() and not path.is_symlink():
            inner = list(_within(path, MAX_DEPTH))
            papers = [one for one in inner if _is_paper(one)]
            passed_over += [_no_paper(one) for one in inner if not _is_paper(one)]
            passed_over += [] if papers else [_no_paper(path)]
            yield from (_handed_in(path.name, one) for one in papers)
        elif _is_paper(path):
            yield _handed_in(path.stem, path)
        else:
            passed_over.append(_no_paper(path))


def _within(folder: Path, depth: int) -> Iterator[Path]:
    for path in _entries(folder):
        if path.is_dir() and not path.is_symlink() and depth > 1:
            yield from _within(path, depth - 1)
        else:
            yield path


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, without hidden files such as those that Jupyter and macOS leave."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX")))
    except OSError as error:
        raise UsageError(f"`{folder}` cannot be read: {error.strerror}") from None


def _is_paper(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _handed_in(name: str, path: Path) -> HandedIn:
    fault = None
    if path.is_symlink():
        # Whoever laid a link chose what is read through it.
        what = "this is a link, which is not followed"
        fault = Finding(path, 1, 1, "linked-paper", what, "put the file itself in its place")
    return HandedIn(one_line(name), path, fault)


def _no_paper(path: Path) -> Finding:
    what = f"`{one_line(path.name)}` is no paper, and was passed over"
    return Finding(path, 1, 1, "no-paper", what, f"a paper is a file {_LISTED}; take the others out")


def _without_twins(papers: Iterable[HandedIn]) -> list[HandedIn]:
    """The papers, those of a student who handed in several with what is the matter."""
    papers = list(papers)
    paths: dict[str, list[Path]] = {}
    for one in papers:
        paths.setdefault(_same(one.student), []).append(one.path)
    return [one if len(paths[_same(one.student)]) == 1 else _twin(one, paths) for one in papers]


def _twin(one: HandedIn, paths: dict[str, list[Path]]) -> HandedIn:
    others = ", ".join(f"`{one_line(str(path))}`" for path in paths[_same(one.student)] if path != one.path)
    what = f"`{one.student}` handed in {others} too; none of them is marked"
    return replace(one, fault=Finding(one.path, 1, 1, "student-twice", what, "keep the one that counts"))


def _same(name: str) -> str:
    """A name as a file system may see it that knows no capitals."""
    return unicodedata.normalize("NFC", name).casefold()


RULES = {
    "no-paper": """\
What: a file or folder among the papers is none: it ends otherwise, or a student's folder holds no paper.
Why: a paper that was saved under another name would be missed without a word.
Cure: save it as `.yaml`, `.json` or `.ipynb`, or take it out.""",
    "linked-paper": """\
What: a paper is a link to another file.
Why: whoever laid the link chose what is read and shown.
Cure: put the file itself in its place.""",
    "student-twice": """\
What: several papers bear the name of one student, in capitals or not.
Why: to take the one or the other would be a guess about somebody's score.
Cure: keep the one that counts, or rename the other if it is another student's.""",
}
"""The pages of the rules of this module, for `grade explain`."""
