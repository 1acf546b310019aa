"""A submission in the sandbox: what it may do, what becomes of it when it misbehaves."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import client
from grader.sandbox.client import Isolation, Sandbox, Worker, call_frame
from grader.sandbox.codec import Handle, WireError
from grader.sandbox.failures import Loss, StudentError, Unsendable, WorkerLost
from grader.sandbox.process import ENVIRONMENT, Fresh
from grader.sandbox.replies import PLAIN, Contract

MEMORY = 512 * 2**20
SOON = 20.0
"""Long enough for a busy machine; a test that waits for a deadline sets its own."""

Start = Callable[[str], Worker]


def soon(seconds: float = SOON) -> float:
    return time.monotonic() + seconds


@pytest.fixture
def start(sandbox: Sandbox) -> Iterator[Start]:
    """Starts a worker with a submission loaded."""
    workers: list[Worker] = []

    def start(text: str) -> Worker:
        worker = sandbox.worker(memory=MEMORY, seconds=SOON)
        workers.append(worker)
        worker.load(text, deadline=soon())
        return worker

    yield start
    for worker in workers:
        worker.end()


def call(worker: Worker, function: str, *arguments: Any, **options: Any) -> Any:
    return worker.call(function, arguments, deadline=soon(), **options).value


def lost(worker: Worker, function: str, *arguments: Any, seconds: float = SOON) -> WorkerLost:
    with pytest.raises(WorkerLost) as caught:
        worker.call(function, arguments, deadline=soon(seconds))
    return caught.value


class TestCallsAhead:
    """Several calls in one message, answered one by one."""

    @staticmethod
    def ahead(worker: Worker, *arguments: list[Any], contract: Contract = PLAIN) -> None:
        frames = [call_frame("f", given, (), place, contract) for place, given in enumerate(arguments)]
        worker.send_ahead(frames, deadline=soon())

    @staticmethod
    def answer(worker: Worker, arguments: int = 1, seconds: float = SOON) -> Any:
        return worker.answer(arguments, PLAIN, deadline=soon(seconds)).value

    def test_they_are_answered_in_their_order(self, start: Start) -> None:
        worker = start("def f(x): return x + 1")
        self.ahead(worker, [1], [np.ones(2)], [3])
        assert worker.awaited == 3
        assert [self.answer(worker), self.answer(worker).tolist(), self.answer(worker)] == [2, [2, 2], 4]
        assert worker.awaited == 0

    def test_one_that_raises_costs_the_others_nothing(self, start: Start) -> None:
        worker = start("def f(x): return 1 / x")
        self.ahead(worker, [1], [0], [2])
        assert self.answer(worker) == 1
        with pytest.raises(StudentError, match="division"):
            self.answer(worker)
        assert self.answer(worker) == 0.5

    def test_one_that_returns_what_cannot_cross_costs_the_others_nothing(self, start: Start) -> None:
        worker = start("def f(x): return x or object()")
        self.ahead(worker, [0], [2])
        with pytest.raises(Unsendable):
            self.answer(worker)
        assert self.answer(worker) == 2

    def test_answers_that_were_looked_at_are_still_to_be_given(self, start: Start) -> None:
        worker = start("def f(x): return x + 1")
        self.ahead(worker, [1], [2], [3])
        assert worker.peek(2, deadline=soon())
        assert worker.awaited == 3
        assert [self.answer(worker) for _ in range(3)] == [2, 3, 4]

    def test_the_same_answers_are_the_same_bytes_wherever_they_come_from(self, start: Start) -> None:
        seen = []
        for before in (0, 3):
            worker = start("def f(x): return x, {'kept': x}")
            contract = Contract(opaque=(1,), results=2)
            for _ in range(before):
                call(worker, "f", 0.5, contract=contract)
            self.ahead(worker, [2], [3], contract=contract)
            seen.append(worker.peek(2, deadline=soon()))
        assert seen[0] == seen[1]

    def test_those_passed_over_are_not_given(self, start: Start) -> None:
        worker = start("def f(x): return x + 1")
        self.ahead(worker, [1], [2], [3])
        assert worker.peek(2, deadline=soon())
        worker.pass_over(2)
        assert worker.awaited == 1
        assert self.answer(worker) == 4

    def test_none_are_looked_at_that_are_too_many_bytes(self, start: Start) -> None:
        worker = start("import numpy as np\ndef f(x): return np.zeros(x)")
        self.ahead(worker, [1], [2**18])
        assert worker.peek(2, deadline=soon()) == b""
        assert self.answer(worker).tolist() == [0]
        assert self.answer(worker).shape == (2**18,)

    def test_the_one_that_does_not_come_is_met_in_its_turn(self, start: Start) -> None:
        worker = start("import os\ndef f(x): return x or os._exit(0)")
        self.ahead(worker, [1], [0], [2])
        assert worker.peek(3, deadline=soon()) == b""
        assert self.answer(worker) == 1
        with pytest.raises(WorkerLost):
            self.answer(worker)

    def test_what_they_print_and_change_is_told(self, start: Start) -> None:
        worker = start("def f(x):\n print(x)\n x[0] = 5\n return 0")
        self.ahead(worker, [[1]], [[2]])
        assert worker.answer(1, PLAIN, deadline=soon()).modified == (0,)
        self.answer(worker)
        assert worker.printed() == "[1]\n[2]\n"

    def test_a_result_that_holds_memory_of_an_argument_is_told(self, start: Start) -> None:
        worker = start("def f(x, y, z): return 2 * x, y[0][1:], (x, z)")
        given = [np.ones(3), (np.ones(3), 5), {"a": np.ones(3)}]
        reply = worker.call("f", given, deadline=soon(), contract=Contract(results=3))
        assert reply.aliased == ((1, 1),)

    def test_a_link_stands_for_what_an_earlier_one_kept(self, start: Start) -> None:
        worker = start("def f(x): return x, {'kept': x}\ndef g(c): return c['kept']")
        both = Contract(opaque=(1,), results=2)
        frames = [
            call_frame("f", [7], (), 0, both),
            call_frame("f", [8], (), 1, both),
            call_frame("g", [Handle("", "0:1")], (), 2),
        ]
        worker.call("f", [1], deadline=soon(), contract=both)
        worker.send_ahead(frames, deadline=soon())
        handles = [worker.answer(1, both, deadline=soon()).value[1] for _ in range(2)]
        assert self.answer(worker) == 7
        assert call(worker, "g", handles[1]) == 8

    def test_what_was_kept_is_let_go_on_demand(self, start: Start) -> None:
        worker = start("def f(x): return x\ndef g(c): return c")
        handle = call(worker, "f", 1, contract=Contract(opaque=(0,)))
        assert call(worker, "g", handle) == 1
        worker.forget()
        with pytest.raises(StudentError):
            call(worker, "g", handle)

    def test_another_call_leaves_out_what_is_not_answered_yet(self, start: Start) -> None:
        worker = start("count = 0\ndef f(x):\n global count\n count += 1\n return count")
        self.ahead(worker, [0], [0], [0])
        assert self.answer(worker) == 1
        assert call(worker, "f", 0) == 4
        assert worker.awaited == 0

    def test_other_calls_ahead_leave_it_out_too(self, start: Start) -> None:
        worker = start("def f(x): return x")
        self.ahead(worker, [1], [2])
        self.ahead(worker, [3])
        assert self.answer(worker) == 3

    def test_what_came_before_a_crash_is_answered(self, start: Start) -> None:
        worker = start("import os\ndef f(x): return x if x < 3 else os._exit(5)")
        self.ahead(worker, [1], [2], [3], [4])
        assert [self.answer(worker), self.answer(worker)] == [1, 2]
        with pytest.raises(WorkerLost, match="status 5"):
            self.answer(worker)

    def test_one_that_does_not_end_is_late_in_its_turn(self, start: Start) -> None:
        worker = start("def f(x):\n while x: pass\n return x")
        self.ahead(worker, [0], [1])
        assert self.answer(worker) == 0
        with pytest.raises(WorkerLost) as caught:
            self.answer(worker, seconds=0.2)
        assert caught.value.loss is Loss.TIME

    def test_large_ones_do_not_block_one_another(self, start: Start) -> None:
        """More than the system holds between two processes, both ways at once."""
        worker = start("def f(x): return x")
        large = [np.full(10_000, float(n)) for n in range(100)]
        self.ahead(worker, *([x] for x in large))
        assert all(np.array_equal(self.answer(worker), x) for x in large)

    def test_a_function_cannot_be_sent_ahead(self) -> None:
        with pytest.raises(WireError, match="function"):
            call_frame("f", [len], (), 0)

    def test_a_reply_of_another_contract_loses_the_worker(self, start: Start) -> None:
        worker = start("def f(x): return x")
        self.ahead(worker, [1])
        with pytest.raises(WorkerLost, match="wrong form"):
            worker.answer(1, Contract(updates=(0,)), deadline=soon())


class TestCalls:
    def test_a_function_gives_its_result(self, start: Start) -> None:
        worker = start("def f(a, b=1): return a * b")
        assert call(worker, "f", 3, 2) == 6
        assert call(worker, "f", 3, 5, names=["b"]) == 15

    def test_arguments_left_alone_are_not_reported(self, start: Start) -> None:
        worker = start("def f(x, y): return x + y")
        assert worker.call("f", [np.ones(2), [1]], deadline=soon()).modified == ()

    def test_arguments_changed_in_place_are_named(self, start: Start) -> None:
        worker = start("def f(x, y, z):\n x += 1\n z.append(object())\n return 0")
        assert worker.call("f", [np.ones(2), [1], []], deadline=soon()).modified == (0, 2)

    def test_arguments_it_may_change_come_back(self, start: Start) -> None:
        worker = start("def f(d): d['n'] = d['n'] + 1; d['odd'] = object()")
        reply = worker.call("f", [{"n": 1}], deadline=soon(), contract=Contract(updates=(0,)))
        assert reply.updated == {0: {"n": 2}}
        assert reply.modified == ()

    def test_an_opaque_result_stays_behind_a_handle(self, start: Start) -> None:
        worker = start("def f(): return 1, (i for i in 'ab')\ndef g(it): return ''.join(it)")
        one, handle = call(worker, "f", contract=Contract(opaque=(1,), results=2))
        assert one == 1
        assert isinstance(handle, Handle)
        assert call(worker, "g", handle) == "ab"

    def test_a_handle_is_good_for_its_own_worker_only(self, start: Start) -> None:
        text = "def f(): return object()\ndef g(x): return 1"
        handle = call(start(text), "f", contract=Contract(opaque=(0,)))
        with pytest.raises(ValueError, match="handle"):
            call(start(text), "g", handle)

    def test_a_function_given_is_called_back_here(self, start: Start) -> None:
        asked: list[Any] = []

        def square(x: int) -> int:
            asked.append(x)
            return x * x

        assert call(start("def f(g): return g(2) + g(3)"), "f", square) == 13
        assert asked == [2, 3]

    def test_what_a_function_given_raises_is_raised_here(self, start: Start) -> None:
        def broken(_: int) -> int:
            raise LookupError("asked for what is not there")

        with pytest.raises(LookupError, match="not there"):
            call(start("def f(g):\n try: g(1)\n except BaseException: return 1"), "f", broken)

    def test_time_in_a_function_given_is_not_charged(self, start: Start) -> None:
        def slow(_: int) -> int:
            time.sleep(0.4)
            return 1

        worker = start("def f(g): return g(1)")
        assert worker.call("f", [slow], deadline=soon(0.3)).value == 1

    def test_every_call_starts_from_the_same_random_state(self, start: Start) -> None:
        worker = start("import random, numpy as np\ndef f(): return random.random(), np.random.rand()")
        assert call(worker, "f") == call(worker, "f")


class TestFailures:
    def test_an_exception_tells_type_message_and_line(self, start: Start) -> None:
        with pytest.raises(StudentError) as caught:
            call(start("class Odd(ValueError): pass\n\ndef f():\n    raise Odd('no')"), "f")
        assert (caught.value.type_name, caught.value.message, caught.value.line) == ("Odd", "no", 4)
        assert "ValueError" in caught.value.bases

    @pytest.mark.parametrize("error", ["SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()"])
    def test_no_exception_leaves_the_sandbox_as_itself(self, start: Start, error: str) -> None:
        with pytest.raises(StudentError):
            call(start(f"def f(): raise {error}"), "f")

    def test_an_exception_that_cannot_be_shown_is_still_an_exception(self, start: Start) -> None:
        text = "class Odd(Exception):\n def __str__(self): raise RuntimeError\ndef f(): raise Odd"
        with pytest.raises(StudentError, match="Odd"):
            call(start(text), "f")

    def test_a_syntax_error_tells_its_line(self, sandbox: Sandbox) -> None:
        worker = sandbox.worker(memory=MEMORY, seconds=SOON)
        with pytest.raises(StudentError) as caught:
            worker.load("x = 1\ndef f(:\n", deadline=soon())
        worker.end()
        assert (caught.value.type_name, caught.value.line) == ("SyntaxError", 2)

    @pytest.mark.parametrize(
        ("result", "named"), [("(i for i in ())", "generator"), ("object()", "object"), ("{1}", "set")]
    )
    def test_a_result_that_is_no_data_is_named(self, start: Start, result: str, named: str) -> None:
        worker = start(f"def f(): return {result}\ndef g(): return 1")
        with pytest.raises(Unsendable, match=named):
            call(worker, "f")
        assert call(worker, "g") == 1

    def test_too_much_memory_is_an_exception_of_the_student(self, start: Start) -> None:
        with pytest.raises(StudentError, match="MemoryError"):
            call(start("def f(): return bytearray(2**31)"), "f")

    def test_text_is_made_safe_to_show(self, start: Start) -> None:
        with pytest.raises(StudentError) as caught:
            call(start(r"def f(): raise ValueError('\x1b[2J\u202e\udc80')"), "f")
        assert caught.value.message == r"\x1b[2J\u202e\udc80"


class TestLoss:
    def test_a_loop_is_ended_at_the_deadline(self, start: Start) -> None:
        before = time.monotonic()
        error = lost(start("def f():\n while True: pass"), "f", seconds=0.3)
        assert error.loss is Loss.TIME
        assert time.monotonic() - before < SOON

    def test_a_loop_that_ignores_signals_is_ended_too(self, start: Start) -> None:
        text = (
            "import signal\nfor s in range(1, 32):\n try: signal.signal(s, signal.SIG_IGN)\n"
            " except OSError: pass\n"
            "def f():\n while True:\n  try:\n   while True: pass\n  except BaseException: pass"
        )
        assert lost(start(text), "f", seconds=0.3).loss is Loss.TIME

    @pytest.mark.parametrize(
        ("body", "how"),
        [
            ("import os; os._exit(0)", "status 0"),
            ("import os; os._exit(7)", "status 7"),
            ("import os; os.abort()", "abort"),
            ("import ctypes; ctypes.string_at(0)", "segmentation fault"),
            ("import os; os.closerange(0, 64)", "status"),
        ],
    )
    def test_a_dead_process_tells_how_it_died(self, start: Start, body: str, how: str) -> None:
        error = lost(start(f"def f(): {body}"), "f")
        assert error.loss is Loss.EXIT
        assert how in str(error)

    def test_a_process_that_was_killed_tells_so(self) -> None:
        with Sandbox(Isolation.PROCESS) as own:  # behind walls it cannot even kill itself
            worker = own.worker(memory=MEMORY, seconds=SOON)
            worker.load("import os\ndef f(): os.kill(os.getpid(), 9)", deadline=soon())
            assert "killed" in str(lost(worker, "f"))

    def test_a_lost_worker_stays_lost(self, start: Start) -> None:
        worker = start("import os\ndef f(): os._exit(0)\ndef g(): return 1")
        lost(worker, "f")
        assert lost(worker, "g").loss is Loss.EXIT

    @pytest.mark.parametrize(
        "written",
        [
            "b'garbage that is no frame'",
            "b'GR1\\0' + b'\\xff' * 12",
            "b'GR1\\0' + b'\\0' * 12",
            "b'GR1\\0\\0\\0\\0\\x02' + b'\\0' * 8 + b'{}'",
        ],
        ids=["garbage", "huge", "empty", "no reply"],
    )
    def test_bytes_on_the_wire_that_are_no_reply_end_the_worker(self, start: Start, written: str) -> None:
        text = f"import os, time\ndef f():\n os.write(3, {written})\n time.sleep(60)"
        assert lost(start(text), "f").loss is Loss.PROTOCOL

    def test_half_a_frame_then_silence_costs_the_deadline(self, start: Start) -> None:
        text = "import os, time\ndef f():\n os.write(3, b'GR1')\n time.sleep(60)"
        assert lost(start(text), "f", seconds=0.3).loss is Loss.TIME

    def test_a_slow_drip_cannot_stretch_the_deadline(self, start: Start) -> None:
        text = (
            "import os, time\n"
            "def f():\n"
            " for byte in b'GR1\\0\\0\\0\\xff\\xff' + bytes(60_000):\n"
            "  os.write(3, bytes([byte])); time.sleep(0.05)"
        )
        before = time.monotonic()
        assert lost(start(text), "f", seconds=0.5).loss is Loss.TIME
        assert time.monotonic() - before < SOON

    def test_a_reply_written_ahead_ends_the_worker(self, start: Start) -> None:
        text = (
            "import os\nfrom grader.sandbox import codec\n"
            "def f():\n os.write(3, codec.encode({'id': 'x', 'kind': 'value', 'value': 1}))\n return 1"
        )
        assert lost(start(text), "f").loss is Loss.PROTOCOL

    @pytest.mark.parametrize(
        "reply",
        [
            "{'kind': 'value'}",
            "{'kind': 'value', 'value': 1, 'updated': 3, 'modified': ()}",
            "{'kind': 'value', 'value': 1, 'updated': {0: 2}, 'modified': ()}",  # nothing may be updated
            "{'kind': 'ask', 'callback': 99, 'arguments': ()}",
            "{'kind': 'ask', 'callback': 0}",
            "{'kind': 7}",
            "{'kind': 'raised'}",
        ],
    )
    def test_a_forged_reply_of_the_wrong_form_is_a_failure(self, start: Start, reply: str) -> None:
        text = (
            "import sys, os\nfrom grader.sandbox import codec\n"
            "def f(g):\n"
            " frame = sys._getframe()\n"
            " while 'request' not in frame.f_locals: frame = frame.f_back\n"
            f" os.write(3, codec.encode({{'id': frame.f_locals['request']['id'], **{reply}}}))\n"
            " os._exit(0)"
        )
        with pytest.raises((WorkerLost, StudentError)):
            call(start(text), "f", lambda: 1)


FORGE = (
    "from grader.sandbox import worker\n"
    "send = worker.Channel.send\n"
    "worker.Channel.send = lambda self, reply: send(self, {FORGED})\n"
    "import numpy as np\n"
)


class TestForgedLoads:
    @pytest.mark.parametrize(
        "forged",
        [
            "{**reply, 'functions': np.zeros(1_000_000, np.int8)}",
            "{**reply, 'functions': 'f'}",
            "{**reply, 'slips': [1]}",
            "{**reply, 'id': np.zeros(3)}",
            "{**reply, 'kind': np.zeros(3)}",
            "{'id': reply['id'], 'kind': 'ask', 'callback': float('inf'), 'arguments': ()}",
            "{'id': reply['id'], 'kind': 'ask', 'callback': 0, 'arguments': np.zeros(9)}",
            "{'id': reply['id'], 'kind': 'unsendable', 'what': 'x'}",
            "{'id': reply['id'], 'kind': 'unsendable', 'what': 3}",
            "{'id': reply['id'], 'kind': 'raised', 'message': 3}",
            "[reply]",
        ],
    )
    def test_whatever_it_says_its_worker_is_lost_and_nothing_else(
        self, sandbox: Sandbox, forged: str
    ) -> None:
        worker = sandbox.worker(memory=MEMORY, seconds=SOON)
        with pytest.raises(WorkerLost):
            worker.load(FORGE.replace("{FORGED}", forged), deadline=soon())
        worker.end()

    def test_a_signal_without_a_name_is_one_too(self, sandbox: Sandbox) -> None:
        worker = sandbox.worker(memory=MEMORY, seconds=SOON)
        text = "import ctypes, os\nctypes.CDLL(None).syscall(234, os.getpid(), os.getpid(), 40)"
        with pytest.raises(WorkerLost):
            worker.load(text + "\nos._exit(0)", deadline=soon())
        worker.end()

    def test_an_error_is_no_longer_than_the_worker_would_make_it(self, sandbox: Sandbox) -> None:
        worker = sandbox.worker(memory=MEMORY, seconds=SOON)
        raised = (
            "{'id': reply['id'], 'kind': 'raised', 'type': 'E' * 10**6,"
            " 'bases': ['E'] * 10**5, 'message': '\\n' * 10**6}"
        )
        with pytest.raises(StudentError) as caught:
            worker.load(FORGE.replace("{FORGED}", raised), deadline=soon())
        worker.end()
        assert len(caught.value.type_name + caught.value.message) <= 4_000
        assert len(caught.value.bases) <= 20


class TestSurroundings:
    def test_prints_are_captured(self, start: Start) -> None:
        worker = start("import sys\nprint('one')\ndef f(): print('two', file=sys.stderr)")
        assert worker.printed() == "one\n"
        call(worker, "f")
        assert worker.printed() == "two\n"

    def test_a_flood_of_prints_is_cut_and_costs_nothing(self, start: Start) -> None:
        worker = start("def f():\n for _ in range(1000): print('x' * 10_000)\n return 1")
        assert call(worker, "f") == 1
        assert len(worker.printed()) <= 2**20

    def test_standard_input_is_empty(self, start: Start) -> None:
        with pytest.raises(StudentError, match="EOFError"):
            call(start("def f(): return input()"), "f")

    def test_the_environment_holds_no_secrets(self, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
        worker = start("import os\ndef f(): return sorted(os.environ)")
        assert set(call(worker, "f")) <= {*ENVIRONMENT, "LC_CTYPE"}

    def test_the_repository_cannot_be_imported(self, start: Start) -> None:
        worker = start("import sys\ndef f(): return [p for p in sys.path]")
        root = str(Path(__file__).parent.parent.parent)
        outside = [
            entry for entry in call(worker, "f") if not entry.startswith((sys.prefix, sys.base_prefix))
        ]
        assert root not in outside

    def test_only_four_descriptors_are_open(self, start: Start) -> None:
        text = (
            "import os\ndef f():\n open_ = []\n for d in range(64):\n"
            "  try: os.close(os.dup(d)); open_.append(d)\n  except OSError: pass\n return open_"
        )
        assert call(start(text), "f") == [0, 1, 2, 3]

    def test_one_worker_sees_nothing_of_another(self, start: Start) -> None:
        text = "import numpy as np\ndef f():\n seen = hasattr(np, 'left'); np.left = 1; return seen"
        assert [call(start(text), "f") for _ in range(2)] == [False, False]

    def test_a_killed_launcher_is_started_again(self) -> None:
        with Sandbox(Isolation.PROCESS) as own:  # behind walls nobody can kill it
            worker = own.worker(memory=MEMORY, seconds=SOON)
            text = "import os, time\ndef f():\n os.kill(os.getppid(), 9)\n time.sleep(60)"
            worker.load(text, deadline=soon())
            assert lost(worker, "f").loss is Loss.EXIT
            fresh = own.worker(memory=MEMORY, seconds=SOON)
            fresh.load("def f(): return 1", deadline=soon())
            assert call(fresh, "f") == 1
            fresh.end()

    def test_where_forking_is_unsafe_each_worker_is_a_process_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started: list[Fresh] = []
        monkeypatch.setattr(sys, "platform", "darwin")

        def fresh(*arguments: Any, **options: Any) -> Fresh:
            started.append(Fresh(*arguments, **options))
            return started[-1]

        monkeypatch.setattr(client, "Fresh", fresh)
        with Sandbox() as own:
            worker = own.worker(memory=MEMORY, seconds=SOON)
            worker.load(
                "print('hello')\ndef f(x): return x + 1\ndef g():\n import os; os.abort()", deadline=soon()
            )
            assert call(worker, "f", 1) == 2
            assert worker.printed() == "hello\n"
            assert "abort" in str(lost(worker, "g"))
        assert len(started) == 1


def test_no_process_is_left_behind(sandbox: Sandbox) -> None:
    worker = sandbox.worker(memory=MEMORY, seconds=SOON)
    worker.load("import os\ndef f(): return os.getpid()", deadline=soon())
    pid = call(worker, "f")
    worker.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
