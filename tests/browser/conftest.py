"""A real Chromium for the tests of the pages; without one they fail and say what is missing."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.bank import load_bank
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.questions import asked
from grader.export.taking import practice_html
from grader.model.form import Form, Section
from grader.model.item import TrueFalse
from tests.conftest import REPOSITORY

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip
MISSING = (
    "these tests need a Chromium: install one (`apt-get install chromium`), or let Playwright fetch its own"
    " (`.venv/bin/playwright install chromium`)"
)

Page = Any
"""A page of Playwright's; its types are not there where the extra `browser` is not."""
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not importlib.util.find_spec("playwright"):
        pytest.fail("these tests need Playwright: `pip install -e '.[browser]'`", pytrace=False)
    driver = importlib.import_module("playwright.sync_api")
    with driver.sync_playwright() as playwright:
        chromium = _launched(playwright.chromium)
        yield chromium
        chromium.close()


def _launched(kind: Any) -> Any:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found and not Path(kind.executable_path).exists():
        pytest.fail(MISSING, pytrace=False)
    return kind.launch(executable_path=found, args=ARGUMENTS)


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    opened = browser.new_context(accept_downloads=True, viewport={"width": 900, "height": 800})
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def open_page(context: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens the text of a page from a file, as whoever was sent one does; no page may complain."""
    complaints: list[str] = []

    def opened(text: str, name: str = "page.html", *, script: str = "") -> Page:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: _only_files(request.url, complaints))
        if script:
            page.add_init_script(script)
        page.goto(path.as_uri())
        return page

    yield opened
    assert not complaints


def _only_files(url: str, complaints: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        complaints.append(f"asked for {url}")


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped course, in a copy that keeps what papers were made."""
    made = tmp_path_factory.mktemp("shipped") / "course"
    for name in ("exercises", "solutions", "question_bank"):
        shutil.copytree(REPOSITORY / name, made / name, ignore=shutil.ignore_patterns(".grade"))
    return made


@pytest.fixture(scope="session")
def midterm(course: Path) -> Form:
    bank = load_bank(course / "question_bank")
    return assemble(load_blueprint(course, "practice-midterm", bank), bank, 7)


@pytest.fixture
def taken(open_page: Open, midterm: Form) -> Page:
    """The practice page of the shipped midterm, just opened."""
    return open_page(practice_html(midterm))


@pytest.fixture
def page(open_page: Open) -> Page:
    """A page whose functions are called by themselves."""
    item = TrueFalse(type="true_false", id="x", stem="What?", explanation="So.", answer=True)
    section = Section("One", "All.", (asked(item, 1),))
    return open_page(practice_html(Form("x-1-abcdef", "X", 1, 5, (section,))))
