"""Finds the submissions of a batch: the entries of a folder, the lines of a list, or the paths given."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from grader.archive import archive_suffix
from grader.errors import UsageError
from grader.files import link_in, read_file
from grader.sandbox.text import one_line
from grader.submission import OTHER_ARCHIVES, SUFFIXES, Source, UnreadableError, read_submission

LIST = ".txt"
MAX_LIST = 16 * 2**20
MAX_TOLD = 5
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One submission: its name in every report, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """The submissions in the order of their names, and the files of a folder that are none."""

    submissions: tuple[Incoming, ...]
    passed_over: tuple[str, ...] = ()


def find_submissions(paths: Sequence[Path]) -> Found:
    """The submissions at `paths`: a folder alone is a folder of submissions, a `.txt` file a list of them.

    Anything else is one submission by itself, a folder among several paths too.

    Raises:
        UsageError: a path is not there or leads through a link, two submissions have one name, or there is
            none.
    """
    if len(paths) == 1 and paths[0].is_dir():
        found = _in_folder(_without_link(paths[0]))
    else:
        found = Found(tuple(_one_by_one(paths)))
    _refuse_missing(found.submissions)
    _refuse_twins(found.submissions)
    if not found.submissions:
        raise UsageError(f"there is no submission in `{paths[0]}`; {_KINDS}")
    return Found(tuple(sorted(found.submissions, key=lambda one: one.name)), found.passed_over)


def read_incoming(
    incoming: Incoming, exercise: str, others: Collection[str]
) -> Source | UnreadableError | None:
    """What a submission holds for an exercise; a path that cannot be used is the submission's own fault."""
    if incoming.path.is_symlink():
        return UnreadableError(f"`{one_line(incoming.path.name)}` is a link. Hand in what it points to.")
    try:
        return read_submission(incoming.path, exercise, others=others)
    except UnreadableError as error:
        return error
    except UsageError as error:
        return UnreadableError(f"{error}.")
    except OSError as error:
        return UnreadableError(f"`{one_line(incoming.path.name)}` cannot be read: {error.strerror}.")


def refuse_among(output: Path, paths: Iterable[Path]) -> None:
    """Refuses to write among the submissions, where the next run would take the reports for some.

    Raises:
        UsageError: `output` is one of `paths` or lies in one.
    """
    for path in paths:
        if output.resolve().is_relative_to(path.resolve()):
            raise UsageError(f"`{output}` lies among the submissions in `{path}`; write to another folder")


_KINDS = "a submission is a `.py` file, a notebook, an archive or a folder"


def _in_folder(folder: Path) -> Found:
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    taken = [path for path in entries if _is_submission(path)]
    passed_over = [one_line(path.name) for path in entries if not _is_submission(path)]
    submissions = (Incoming(_name(Path(path.name), is_folder=path.is_dir()), path) for path in taken)
    return Found(tuple(submissions), tuple(passed_over))


def _is_submission(path: Path) -> bool:
    suffix = path.suffix.lower()
    return path.is_dir() or suffix in (*SUFFIXES, *OTHER_ARCHIVES) or archive_suffix(path.name) is not None


def _one_by_one(paths: Iterable[Path]) -> Iterator[Incoming]:
    for path in paths:
        if path.suffix.lower() == LIST:
            yield from _listed(path)
        else:
            yield Incoming(_name(path, is_folder=path.is_dir()), path)


def _listed(path: Path) -> Iterator[Incoming]:
    """A path a line, from the folder of the list; `#` begins a line that is none."""
    try:
        data = read_file(_without_link(path), MAX_LIST)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"the list `{path}` cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"the list `{path}` is not UTF-8 text; save it with the encoding UTF-8") from None
    if len(data) > MAX_LIST:
        raise UsageError(f"the list `{path}` is larger than {MAX_LIST // 2**20} MiB; is it the right file?")
    for line in text.splitlines():
        entry = line.strip()
        if entry and not entry.startswith(COMMENT):
            target = path.parent / entry
            yield Incoming(_name(Path(entry), is_folder=target.is_dir()), target)


def _name(path: Path, *, is_folder: bool) -> str:
    """The path without its suffix, without what leads out of the folder that the reports go to."""
    normal = PurePath(os.path.normpath(path))
    *above, last = [part for part in normal.parts if part not in ("..", normal.anchor)] or [
        path.resolve().name
    ]
    if not is_folder:
        suffix = archive_suffix(last) or PurePath(last).suffix
        last = last[: len(last) - len(suffix)]
    return one_line("/".join((*above, last)))


def _without_link(path: Path) -> Path:
    link = link_in(path)
    if link:
        raise UsageError(f"`{link}` is a link; give the file or folder that it points to")
    return path


def _refuse_missing(submissions: Iterable[Incoming]) -> None:
    missing = [f"`{one.path}`" for one in submissions if not one.path.exists() and not one.path.is_symlink()]
    if missing:
        raise UsageError(f"there is nothing at {_some(missing)}")


def _refuse_twins(submissions: Iterable[Incoming]) -> None:
    paths: dict[str, Path] = {}
    for one in submissions:
        other = paths.setdefault(one.name, one.path)
        if other is not one.path:
            raise UsageError(
                f"`{other}` and `{one.path}` would both be called `{one.name}` in the reports; rename one"
            )


def _some(names: Sequence[str]) -> str:
    rest = len(names) - MAX_TOLD
    return ", ".join(names[:MAX_TOLD]) + (f" and {rest} more" if rest > 0 else "")
