"""Chunks in bounded processes: what hostile bytes cost, and that their neighbours keep theirs."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import collectors
from collectors.analyzers import ANALYZERS, SELF_PROVING
from collectors.languages.comments import SCANNERS, comments, masked
from collectors.languages.interpolated import CODE
from collectors.nursery.messages import write_json
from collectors.process import worker
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue.recipes import load_recipe
from quality.catalogue.tools import RUNNING
from quality.errors import MeasureError
from quality.model.facts import Blob, Facts
from quality.model.recipe import Limits
from tests.bench.bombs import bombs
from tests.examples import table
from tests.interpreters import interpreters
from tests.processes import below

measure_chunk = Supervisor().measure
RECIPE = load_recipe("2026.2")
MEGABYTE = 1 << 20
FAST = ("clones", "lizard", "radon", "suppressions")


def blob(content: str | bytes, language: str = "python") -> Blob:
    content = content.encode() if isinstance(content, str) else content
    return Blob(hashlib.sha1(content).hexdigest(), language, content)


GOOD = blob("def first(a):\n    if a:\n        return 1\n    return 2\n")
OTHER = blob("def second(a):\n    return a  # noqa\n")
SCRIPT = blob("function third(a) {\n  return a ? 1 : 2;\n}\n", "javascript")
BROKEN = blob("def broken(:\n    pass\n")
NUL = blob(b"x = 1\0\n")
NESTED = blob("".join(f"{'    ' * n}def f{n}():\n" for n in range(60)) + "    " * 60 + "pass\n")
CHAIN = blob(
    "class C0:\n    pass\n"
    + "".join(
        f"class C{n}(C{n - 1}):\n    def m(self):\n        return self.x{n}\n"
        for n in range(1, 300)
    )
)


def limits(cpu_seconds: int = 20, memory: int = 2048) -> Limits:
    own = RECIPE.limits
    sizes = own.file_bytes, own.file_lines, own.line_columns
    rest = own.notebook_bytes, own.unread_percent
    return Limits(*sizes, cpu_seconds, memory * MEGABYTE, *rest)


def by_task(facts: tuple[Facts, ...]) -> dict[tuple[str, str], Facts]:
    found = {(each.analyzer, each.blob): each for each in facts}
    assert len(found) == len(facts), "facts twice"
    return found


def direct(analyzers: tuple[str, ...], blobs: tuple[Blob, ...]) -> set[Facts]:
    """What the analyzers say in this process."""
    return {
        facts for name in analyzers for each in blobs
        for facts in ANALYZERS[name].measure([each], RECIPE)
    }  # fmt: skip


def test_the_process_says_what_the_analyzers_say() -> None:
    blobs = (GOOD, OTHER, BROKEN, NUL)
    measured = measure_chunk(Chunk("2026.2", FAST, blobs))
    assert set(measured.facts) == direct(FAST, blobs)
    assert len(measured.facts) == 16
    assert measured.lost == ()
    facts = by_task(measured.facts)
    assert facts["radon", BROKEN.oid].reason == "syntax error: invalid syntax in line 1"
    assert facts["clones", NUL.oid].reason == "contains NUL bytes"


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations([GOOD, OTHER, SCRIPT, BROKEN, NUL]), st.integers(1, 4))
def test_facts_do_not_depend_on_how_blobs_are_put_together(blobs: list[Blob], cut: int) -> None:
    parts = (tuple(blobs[:cut]), tuple(blobs[cut:]))
    found = [measure_chunk(Chunk("2026.2", ("lizard", "clones"), part)) for part in parts]
    facts = {each for measured in found for each in measured.facts}
    assert facts == direct(("lizard", "clones"), tuple(blobs))


@pytest.mark.slow
def test_a_file_over_the_time_limit_costs_one_row() -> None:
    chunk = Chunk("2026.2", ("clones", "lizard"), (GOOD, NESTED, OTHER), limits(cpu_seconds=1))
    measured = measure_chunk(chunk)
    facts = by_task(measured.facts)
    assert facts["lizard", NESTED.oid].reason == "over the time limit of 1 s"
    rest = set(measured.facts) - {facts["lizard", NESTED.oid]}
    assert rest == direct(("clones", "lizard"), (GOOD, OTHER)) | direct(("clones",), (NESTED,))
    assert measured.lost == ()


def test_a_file_over_the_memory_limit_costs_one_row() -> None:
    measured = measure_chunk(Chunk("2026.2", ("lizard",), (GOOD, NESTED), limits(memory=300)))
    facts = by_task(measured.facts)
    assert facts["lizard", NESTED.oid].reason == "over the memory limit"
    assert facts["lizard", GOOD.oid].rows
    assert measured.lost == ()


@pytest.mark.slow
def test_a_file_that_pylint_cannot_end_costs_one_row() -> None:
    chunk = Chunk("2026.2", ("pylint",), (GOOD, CHAIN, OTHER), limits(cpu_seconds=2))
    facts = by_task(measure_chunk(chunk).facts)
    assert facts["pylint", CHAIN.oid].reason == "over the time limit of 2 s"
    assert [facts["pylint", each.oid].reason for each in (GOOD, OTHER)] == [None, None]


def children(number: int, but: Collection[int] = ()) -> list[int]:
    """Processes below this one, once there are so many: the nursery, and what it forked."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [pid for pid in below(os.getpid()) if pid not in but and _begun(pid)]
        if len(found) >= number:
            return found
        time.sleep(0.005)
    raise AssertionError("no process was started")


def _begun(pid: int) -> bool:
    """Whether it is a program of its own: until then it borrows our memory, and we wait for it."""
    try:
        own, other = (Path(f"/proc/{each}/cmdline").read_bytes() for each in ("self", str(pid)))
    except OSError:
        return False
    return other != own


@pytest.mark.parametrize(
    ("victim", "by"),
    table([(0, signal.SIGKILL), (1, signal.SIGKILL), (1, signal.SIGALRM)], {2}),
)
def test_a_process_killed_from_outside_is_no_fact_about_the_file(
    victim: int, by: signal.Signals
) -> None:
    """Out of memory on the machine, say: it is measured again next time."""
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("lizard",), (NESTED,)))
        os.kill(children(2, before)[victim], by)
        measured = run.result(timeout=60)
        assert measured.facts == ()
        assert measured.lost == (f"lizard on blob {NESTED.oid}: killed from outside, or stuck",)
        assert processes.measure(Chunk("2026.2", ("lizard",), (GOOD,))).facts[0].rows


@pytest.mark.slow
def test_a_killed_pylint_is_no_fact_about_the_file() -> None:
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("pylint",), (CHAIN,)))
        children(4, before)  # two nurseries, a child of each, or the canary's
        time.sleep(1)
        os.kill(children(4, before)[-1], signal.SIGKILL)
        assert run.result(timeout=60).lost == (
            f"pylint on blob {CHAIN.oid}: killed from outside, or stuck",
        )


@pytest.mark.slow
def test_stop_ends_what_runs_and_what_is_stuck() -> None:
    """Also a process that reads nothing, while we write to it: sockets hold some 200 kB."""
    large = blob("x = 1\n" * 150_000)
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("lizard",), (large, GOOD)))
        nursery = children(1, before)[0]
        os.kill(nursery, signal.SIGSTOP)
        time.sleep(0.3)
        processes.stop()
        with pytest.raises(MeasureError, match="interrupted"):
            run.result(timeout=10)
        with pytest.raises(MeasureError, match="interrupted"):
            processes.measure(Chunk("2026.2", ("lizard",), (GOOD,)))
    assert not _alive(nursery)
    assert measure_chunk(Chunk("2026.2", ("lizard",), (GOOD,))).facts[0].rows


@pytest.mark.slow
def test_what_is_in_hand_is_known() -> None:
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        chunk = Chunk("2026.2", ("lizard",), (GOOD, NESTED, OTHER), limits(cpu_seconds=1))
        run = pool.submit(processes.measure, chunk)
        children(2, before)
        seen = set()
        while not run.done():
            seen |= set(processes.in_hand())
            time.sleep(0.005)
        assert ("lizard", NESTED) in seen <= {("lizard", each) for each in chunk.blobs}
        assert processes.in_hand() == []


@pytest.mark.slow
def test_bombs_of_every_kind_cost_their_own_rows() -> None:
    """And the file between them nothing: it is measured as if it were alone."""
    blobs = [blob(content) for content in bombs(6).values()]
    blobs.insert(3, GOOD)
    tight = limits(cpu_seconds=1, memory=768)
    measured = measure_chunk(Chunk("2026.2", (*FAST, "pylint"), tuple(blobs), tight))
    facts = by_task(measured.facts)
    assert len(facts) == 7 * 5
    assert measured.lost == ()
    died = {facts[task].reason for task in facts if facts[task].cause == "ours"}
    assert died <= {
        "over the time limit of 1 s", "over the memory limit", "nested too deeply",
        "pylint breaks on it: nested too deeply or too large",
        "syntax error: nested too deeply or over the memory limit",
    }  # fmt: skip
    assert "over the time limit of 1 s" in died
    assert [facts[name, GOOD.oid].reason for name in (*FAST, "pylint")] == [None] * 5
    assert {facts[name, GOOD.oid] for name in FAST} == direct(FAST, (GOOD,))


PARENT = """
import sys
from collectors.process.bounded import Chunk, Supervisor
from quality.model.facts import Blob
content = sys.stdin.buffer.read()
Supervisor().measure(Chunk("2026.2", (sys.argv[1],), (Blob("0" * 40, "python", content),)))
"""


@pytest.mark.parametrize(("analyzer", "hostile"), [("lizard", NESTED), ("pylint", CHAIN)])
def test_no_process_outlives_a_killed_parent(analyzer: str, hostile: Blob) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, analyzer], stdin=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdin
    parent.stdin.write(hostile.content)
    parent.stdin.close()
    wanted = 4 if analyzer == "pylint" else 2
    deadline = time.monotonic() + 60
    while len(started := below(parent.pid)) < wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(started) == wanted
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(map(_alive, started)):
        time.sleep(0.02)
    assert [pid for pid in started if _alive(pid)] == []


STUCK = """
import ctypes, os, socket, sys
from collectors.nursery.server import serve
def child(head, connection):
    print(os.getpid(), file=sys.stderr, flush=True)
    ctypes.PyDLL(None).sleep(60)  # a call into C that holds the interpreter's lock
serve(socket.socket(fileno=int(sys.argv[1])), lambda head: False, child)
"""


def test_a_child_stuck_in_a_call_into_c_dies_with_its_parents_parent(tmp_path: Path) -> None:
    door, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with inside:
        nursery = subprocess.Popen(
            [sys.executable, "-c", STUCK, str(inside.fileno())], pass_fds=[inside.fileno()],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
        )  # fmt: skip
    assert nursery.stdin
    assert nursery.stderr
    client, theirs = socket.socketpair()
    with nursery, door, client:
        with theirs:
            socket.send_fds(door, [b"?"], [theirs.fileno()])
        write_json(client, {})
        child = int(nursery.stderr.readline())
        nursery.stdin.close()  # as when whoever holds it is killed
        assert nursery.wait(timeout=10) == 0
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("limit", "said"),
    table([
        ("-v 600000", "(ulimit -v 600000) is too low to measure: run it where `ulimit -H -v` says "
         "at least 2097152"),
        ("-t 5", "(ulimit -t 5) is too low to measure: run it where `ulimit -H -t` says at least "
         "21"),
        ("-f 1000", "(ulimit -f 1000) is too low to measure: run it where `ulimit -H -f` says at "
         "least 65536"),
        ("-n 40", "(ulimit -n 40) is too low to measure: run it where `ulimit -H -n` says at least "
         "256"),
    ], {0}),
)  # fmt: skip
def test_no_facts_come_of_a_shell_that_allows_less(limit: str, said: str) -> None:
    command = f'ulimit {limit}; exec "$@"'
    done = subprocess.run(
        ["bash", "-c", command, "bash", sys.executable, "-c", PARENT, "clones"],
        input=b"x = 1\n", capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"quality.errors.MeasureError: this shell's hard limit {said}"


@pytest.mark.slow
def test_a_lower_soft_limit_changes_nothing() -> None:
    command = ["bash", "-c", 'ulimit -Sn 40; ulimit -Sf 10; ulimit -Ss 200; exec "$@"', "bash"]
    done = subprocess.run(
        [*command, sys.executable, "-c", f"{PARENT}print('measured')", "pylint"],
        input=GOOD.content, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"measured\n", b"")


def test_other_tools_than_the_recipe_says_are_refused(tmp_path: Path) -> None:
    """A worker of a cluster may have other versions than the machine that asked."""
    other = (
        "from dataclasses import replace; right = worker.load_recipe;"
        "worker.load_recipe = lambda *a: replace(right(*a), tools=(('lizard', '1.0'),))"
    )
    assert prepared(other, "lizard", "python").startswith(
        "recipe 2026.2 measures with lizard 1.0, but"
    )


def prepared(before: str, *task: str) -> str:
    """What a worker says to a task (analyzer and language) when ``before`` went wrong."""
    code = (
        "import sys; from collectors.process import worker\n"
        "from quality.errors import MeasureError\n"
        f"{before}\n"
        "task = [sys.argv[1], '', sys.argv[2]]\n"
        f"head = {{'recipe': '2026.2', 'python': {RUNNING!r}, 'begun': [], 'tasks': [task]}}\n"
        "try:\n    print(worker.prepare(head), worker.prepare(head))\n"
        "except MeasureError as error:\n    print(error)"
    )
    run = [sys.executable, "-c", code, *task]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


BLIND = "from collectors.analyzers import {0}; {0}.comments = lambda text, language: ()"
SAMPLES = json.loads((worker.SAMPLES / "facts.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("analyzer", "broken"),
    table(
        [
            ("clones", BLIND.format("clones")),
            ("suppressions", BLIND.format("suppressions")),
            ("lizard", "from collectors.analyzers import lizard; lizard.EXPRESSIONS = {'if'}"),
            ("radon", "import math; math.log = lambda *_: 1.0"),
        ],
        {0},
    ),
)
def test_a_reader_that_misreads_a_known_sample_gives_no_fact(analyzer: str, broken: str) -> None:
    start = f"{analyzer} misreads a known sample of python under Python"
    assert prepared(broken, analyzer, "python").startswith(start)
    assert prepared("pass", analyzer, "python") == "True False"


def test_a_reader_proves_itself_on_the_languages_it_is_to_read_alone() -> None:
    broken = "from collectors.languages import comments; comments.PARSED.pop('javascript')"
    assert "misreads" in prepared(broken, "suppressions", "javascript")
    assert prepared(broken, "suppressions", "python") == "True False"


def test_every_analyzer_has_samples_of_what_it_reads() -> None:
    assert set(SAMPLES) == set(ANALYZERS) - set(SELF_PROVING)
    texts = {path.name for path in worker.SAMPLES.iterdir()} - {"facts.json"}
    for name, known in SAMPLES.items():
        assert {f"{each}.txt" for each in known} == {
            text for text in texts if RECIPE.part(name).reads(text.removesuffix(".txt"))
        }


@pytest.mark.parametrize("language", SAMPLES["clones"])
def test_the_samples_are_known_by_hand(language: str) -> None:
    """In a comment they say yes, elsewhere no."""
    text = (worker.SAMPLES / f"{language}.txt").read_text("utf-8")
    rest = masked(text, comments(text, language))
    assert "yes" not in rest
    assert re.findall(r"\bno\b", rest) == re.findall(r"\bno\b", text)


PURE = """
import sys; sys.path.insert(0, sys.argv[1])
from collectors.analyzers import ANALYZERS
from collectors.process.worker import SAMPLES, encode
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob
for language in sys.argv[2:]:
    blob = Blob("", language, (SAMPLES / f"{language}.txt").read_bytes())
    print(*map(encode, ANALYZERS["suppressions"].measure([blob], load_recipe("2026.2"))))
"""


@pytest.mark.slow
def test_every_python_on_the_machine_finds_the_same_comments() -> None:
    """With the standard library alone, so that nothing need be installed there."""
    languages = sorted(set(SAMPLES["clones"]) & {*SCANNERS, *CODE})
    assert len(languages) == 9
    root = str(Path(collectors.__file__).parent.parent)
    said = {
        version: subprocess.run(
            [path, "-I", "-c", PURE, root, *languages], capture_output=True, text=True, check=True
        ).stdout
        for version, path in interpreters().items()
    }
    if len(said) == 1:
        pytest.skip(f"only Python {platform.python_version()} is on this machine")
    assert len(set(said.values())) == 1
    assert len(next(iter(said.values())).splitlines()) == len(languages)
