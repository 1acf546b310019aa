# Each target is a line that stands in the README or in .ci/run; make only saves the typing.

.PHONY: demo test check check-all bench

demo:
	python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/grade demo

test:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -n 3

.venv/bin/ruff:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test,check]'

check: .venv/bin/ruff
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/pytest -n 3
	.venv/bin/grade fmt --check
	.venv/bin/grade audit

# The pages are tested in the Chromium of this machine, else in one that is fetched.
check-all: .venv/bin/ruff check
	.venv/bin/pip install -q -e '.[browser]'
	-command -v chromium || command -v chromium-browser || command -v google-chrome || .venv/bin/playwright install chromium
	.venv/bin/pytest -n 3 -m long
	.venv/bin/pip install -q -e '.[fuzz]' && .venv/bin/python tests/fuzz/wire.py -max_total_time=60

bench: .venv/bin/ruff
	.venv/bin/python benchmarks/all.py --cache .peers
	.venv/bin/python benchmarks/hostile.py 100
