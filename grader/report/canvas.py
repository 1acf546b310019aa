"""Draws with rich into a string, in color where the reader's terminal has it."""

import io
import os
import shutil
import sys
from collections.abc import Callable

from rich.console import Console


def is_in_color() -> bool:
    """Whether the reader's terminal has color, and they want it."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def drawn(draw: Callable[[Console], None]) -> str:
    """What `draw` puts on a console as wide as the terminal; `NO_COLOR` is respected."""
    in_color = is_in_color()
    console = Console(
        file=io.StringIO(),
        force_terminal=in_color,
        force_jupyter=False,  # there rich would show what it draws, and leave the string empty
        no_color=not in_color,
        width=shutil.get_terminal_size((100, 24)).columns,
        highlight=False,
        emoji=False,
        markup=False,
    )
    draw(console)
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    return str(text)
