"""Runs the README's commands, the two that set up excepted, as a reader would; used by `.ci/run`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
STANDS_FOR = {
    "path/to/submission": "tests/examples/softmax_loss/correct.py",
    "my.ipynb": "tests/examples/softmax_loss/correct.py",
    "answers.yaml": "tests/examples/practice_paper.yaml",
    "RULE": "too-many-keys",
    "SCHEME": "net_correct",
    "TYPE": "ordering",
    "ITEM": "opt-sgd-l2-is-weight-decay",
}
LOSES_POINTS = ("grade softmax_loss", "grade", "grade quiz", "grade score")
"""These mark stubs or answers that are not all right, so 1 is as good as 0."""


def commands() -> list[str]:
    """Every `grade …` of the README's fenced `sh` blocks and tables."""
    text = (REPOSITORY / "README.md").read_text("utf-8")
    fenced = [
        line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
    ]
    inline = re.findall(r"`(grade(?: [^`]*)?)`", text)
    found = [line for line in (*fenced, *inline) if line.startswith("grade")]
    return [command for command in dict.fromkeys(found) if command != "grade demo"]


def _handed_in(folder: Path) -> Path:
    """A folder with a student's paper in it."""
    papers = folder / "handed-in"
    papers.mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / STANDS_FOR["answers.yaml"], papers / "anna.yaml")
    return papers


def main() -> int:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for command in commands():
            line = command
            for word, real in STANDS_FOR.items():
                line = line.replace(word, real)
            line = line.replace("submissions -o out", f"tests/examples/softmax_loss -o {folder}/out")
            line = line.replace(" marks.csv", f" {folder}/marks.csv")
            line = line.replace("--output report.json", f"--output {folder}/report.json")
            line = line.replace("grade midterm", f"grade midterm --output {folder}/papers")
            line = line.replace("score handed-in", f"score {_handed_in(Path(folder))}")
            line = line.replace("--output marked", f"--output {folder}/marked")
            line = line.replace("grade release handout", f"grade release {folder}/handout")
            line = line.replace("grade new notebook", f"grade new notebook -o {folder}/notebooks")
            done = subprocess.run(
                line,
                shell=True,
                cwd=REPOSITORY,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            allowed = {0, 1} if command.startswith(LOSES_POINTS) else {0}
            verdict = (
                "ok" if done.returncode in allowed and "our fault, not yours" not in done.stderr else "FAILED"
            )
            print(f"{verdict:<6} {done.returncode}  {line}")
            if verdict == "FAILED":
                failed += 1
                print(done.stdout, done.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
