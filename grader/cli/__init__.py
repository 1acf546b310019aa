"""The `grade` command: the only place that reads the command line, prints and exits."""

import errno
import gc
import importlib
import os
import re
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click

from grader import __version__
from grader.errors import ContentError, GradeError, UsageError
from grader.sandbox.process import start_ahead
from grader.sandbox.text import one_line, printable

COMMANDS: Mapping[str, str] = {
    "audit": "Hold the course to its own rules: every reference, stub, mistake and bank file.",
    "batch": "Mark many submissions, resumable, in several processes or on a cluster.",
    "demo": "See it work on shipped example submissions and a filled-in paper.",
    "doctor": "Prove what this machine can keep a submission from.",
    "explain": "Explain a rule of the audit, or a scoring scheme and what guessing earns.",
    "fmt": "Lay out the files of the question bank in one way.",
    "hint": "Give the next hint for an exercise.",
    "list": "Show the exercises and how far you are.",
    "mark": "Mark exercises (what `grade` and `grade NAME` do).",
    "midterm": "Write a practice midterm and its solutions.",
    "new": "Begin a question of the bank, or a notebook to solve an exercise in.",
    "preview": "Show an item as students and markers will see it.",
    "quiz": "Take a quiz in the terminal.",
    "release": "Write what the students receive, without keys and solutions.",
    "schema": "Print the JSON Schema of what authors write, for their editors.",
    "score": "Mark a filled-in paper.",
    "solution": "Show how an exercise can be solved, after full marks.",
    "watch": "Mark again on every save, one failing promise at a time.",
}
"""Each command lives in a module of its name, imported only when it is asked for."""

DEFAULT = "mark"
SANDBOXED = ("demo", "doctor", "mark", "watch")
"""Commands that try submissions in this process: what they start takes as long as what they import."""
COURSE, ISOLATION = "--course", "--isolation"
OWN_OPTIONS = ("--help", "-h", "--version")
FULL, LOST, USAGE, OURS = 0, 1, 2, 3
"""Exit codes: full marks or nothing wrong; something lost points or was found; wrong usage; our fault."""


SHORT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE)
"""What a machine is short of, which is nobody's fault here."""

KEPT_BACK = re.compile(r'File "[^"]*(\bsolutions\b|test_hidden\.py)[^"]*"')
"""A line of a traceback that leads through what no student may read."""
UNTOLD = "The rest may tell of hidden tests; `pytest solutions/NAME` shows it to whoever holds them.\n"


class Commands(click.Group):
    """Finds commands by name and takes every other first word for the name of an exercise."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = _imported(f"grader.cli.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command", None) or getattr(module, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = _after_course(args)
        course, rest = args[:first], args[first:]
        if len(course) == first and (not rest or rest[0] not in (*COMMANDS, *OWN_OPTIONS)):
            rest = [DEFAULT, *rest]
        if set(rest[:1]) & set(SANDBOXED) and not set(rest) & set(OWN_OPTIONS):
            start_ahead()
            _imported("grader.cli.isolation").open_ahead(_value_of(ISOLATION, rest))
        return super().parse_args(ctx, course + rest)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # From the table, not from the commands: help must not import what they need.
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


def _imported(name: str) -> ModuleType:
    """The module; what an import makes stays, and to look for garbage in it only takes time."""
    gc.disable()
    try:
        with _unbroken():
            return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _unbroken() -> Iterator[None]:
    """Lets Ctrl-C wait: within an import it can be lost, and leave locked what other threads wait for."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _value_of(option: str, args: list[str]) -> str | None:
    """What an option is given, as far as this can be told before the command is known."""
    for place, word in enumerate(args):
        if word == option:
            return next(iter(args[place + 1 :]), None)
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def _after_course(args: list[str]) -> int:
    """How many of the words belong to a `--course` before the command."""
    if args[:1] == [COURSE]:
        return 2
    return 1 if args and args[0].startswith(f"{COURSE}=") else 0


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grade")
@click.option(COURSE, type=click.Path(path_type=Path), help="The course, if not the folder around this one.")
@click.pass_context
def grade(context: click.Context, course: Path | None) -> None:
    """Mark the exercises of a deep-learning course.

    `grade` marks everything in the course, `grade NAME…` the exercises named.
    """
    context.obj = course


def main() -> None:
    """Runs the command and exits as the README promises."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the caller closed it
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 (as long as we live)
        # A terminal of another encoding gets a question mark for a check mark, not a traceback.
        getattr(getattr(sys, name), "reconfigure", lambda **_: None)(errors="replace")
    try:
        if not __debug__:
            raise UsageError("Python runs without `assert` (-O, PYTHONOPTIMIZE), which tests are made of")
        code = grade.main(prog_name="grade", standalone_mode=False)
    except click.exceptions.Abort:
        code = USAGE
    except click.ClickException as error:
        error.show()
        code = USAGE
    except ContentError as error:
        click.echo(printable(str(error)), err=True)
        code = USAGE
    except GradeError as error:
        click.echo(one_line(f"grade: {error}"), err=True)
        code = USAGE
    except Exception as error:
        code = _unexpected(error)
    gc.freeze()  # what is left goes with the process, and need not be looked through before
    sys.exit(code if isinstance(code, int) else FULL)


def _unexpected(error: Exception) -> int:
    """Says what nobody raised on purpose; returns the exit code."""
    if isinstance(error, BrokenPipeError):
        return LOST  # whoever read the report has read enough
    if isinstance(error, OSError) and (error.filename is not None or error.errno in SHORT):
        where = f"`{error.filename}`: " if error.filename is not None else ""
        click.echo(printable(f"grade: {where}{error.strerror}"), err=True)
        return USAGE
    # Not 1, which would blame a submission for our own slip.
    click.echo(_traced(error), nl=False, err=True)
    click.echo("grade: this is our fault, not yours; please report it with the lines above", err=True)
    return OURS


def _traced(error: Exception) -> str:
    """The traceback, without the lines and values of what no student may read."""
    text = "".join(traceback.format_exception(error))
    if not KEPT_BACK.search(text):
        return text
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "solutions" not in one.filename]
    return "".join((*traceback.format_list(frames), f"{type(error).__name__}\n", UNTOLD))
