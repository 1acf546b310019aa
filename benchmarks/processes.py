"""How many processes a command runs with, and what memory they take together, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a tree of processes takes: shared pages count once, in parts."""

    processes: int
    megabytes: float


def descendants(root: int) -> list[int]:
    """A process with all that it started, and all in its session, whose parents may be gone."""
    found = {root}
    while True:
        more = {pid for pid, parent, session in _table() if parent in found or session == root}
        if more <= found:
            return sorted(pid for pid in found if (PROC / str(pid)).exists())
        found |= more


def memory(root: int) -> Memory:
    """What a process and all its descendants take now."""
    sizes = [size for pid in descendants(root) if (size := _proportional(pid)) is not None]
    return Memory(len(sizes), sum(sizes) / 2**20)


def is_alive(pid: int) -> bool:
    """Whether a process still takes memory; a zombie does not."""
    return _proportional(pid) is not None


def _table() -> list[tuple[int, int, int]]:
    """Every process with its parent and its session; a zombie is none any more."""
    rows = []
    for entry in os.scandir(PROC):
        if not entry.name.isdecimal():
            continue
        try:
            told = Path(entry.path, "stat").read_text("utf-8", "replace")
        except OSError:
            continue  # it has just ended
        # The name stands in brackets and may hold anything.
        state, parent, _, session = told.rpartition(")")[2].split()[:4]
        if state != "Z":
            rows.append((int(entry.name), int(parent), int(session)))
    return rows


def _proportional(pid: int) -> int | None:
    """Bytes, each shared page divided by the number of its users; None for a process that has ended."""
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    except OSError:
        return None
    return None
