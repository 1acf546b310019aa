"""The ways in which a call into the sandbox fails."""

from enum import Enum

from grader.errors import GradeError


class StudentError(Exception):
    """The submission raised: `type_name`, `bases` (its class and base classes by name), `message`, `line`."""

    def __init__(self, type_name: str, bases: tuple[str, ...], message: str, line: int | None) -> None:
        super().__init__(f"{type_name}: {message}" if message else type_name)
        self.type_name = type_name
        self.bases = bases
        self.message = message
        self.line = line


class Unsendable(Exception):
    """The submission returned something that is not plain data; the text names it."""


class Loss(Enum):
    """Why a worker is gone."""

    TIME = "time"
    EXIT = "exit"
    PROTOCOL = "protocol"


class WorkerLost(Exception):
    """The worker is gone in the middle of a call; the text says how it ended."""

    def __init__(self, loss: Loss, how: str) -> None:
        super().__init__(how)
        self.loss = loss


class SandboxError(GradeError):
    """This machine cannot run the sandbox; the text says what is missing."""
