"""What a long run says of how far it has come."""

from collections.abc import Callable

import pytest

from grader.batch.run import Progress
from grader.cli.ticker import Ticker, line


class Clock:
    """A clock that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("progress", "seconds", "told"),
    [
        (Progress(1_000), 0.0, "0 of 1,000"),
        (Progress(1_000, done=10, marked=10), 5.0, "10 of 1,000, 2.0 a second, 8 min 15 s left"),
        (Progress(1_000, done=900, marked=100), 10.0, "900 of 1,000, 10.0 a second, 10 s left"),
        (Progress(1_000, done=900), 10.0, "900 of 1,000"),
        (
            Progress(90_000, 9_000, 9_000),
            900,
            "9,000 of 90,000, 10.0 a second, 2 h 15 min left",
        ),
    ],
)
def test_a_line_tells_the_rate_and_the_time_left(progress: Progress, seconds: float, told: str) -> None:
    assert line(progress, seconds) == told


def test_a_line_tells_how_many_are_in_quarantine() -> None:
    assert line(Progress(5, 2, 2, quarantined=2), 1.0).endswith(", 2 in quarantine")


def test_where_nobody_looks_it_is_quiet_between_shares_and_spans(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    tell: Callable[[Progress], None] = Ticker(clock=clock, is_live=False)
    for done, now in ((0, 0), (5, 1), (10, 2), (11, 3), (11, 14), (12, 15), (100, 16), (100, 99)):
        clock.now = now
        tell(Progress(100, done, done))
    told = [text.split()[0] for text in capsys.readouterr().err.splitlines()]
    assert told == ["10", "11", "100"]


def test_at_a_terminal_one_line_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    with Ticker(clock=Clock(), is_live=True) as tell:
        for done in (1, 1, 2):
            tell(Progress(2, done, done))
    assert capsys.readouterr().err == "\r1 of 2\r2 of 2\n"  # click leaves out how a line is wiped
