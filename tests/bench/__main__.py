"""``make bench``: how fast, against the raw tools on the same bytes, in one run.

    python -m tests.bench [first] [history] [portfolio] [lines] [gate] [hostile] [evidence]
        [availability] [records]

Everything is fetched or generated into a temporary folder. Timings are noisy: read the ratios.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from quality.catalogue.recipes import load_recipe
from quality.store.database import Store
from tests.bench.availability import availability
from tests.bench.bombs import settle
from tests.bench.queries import generated, lines
from tests.bench.tickets import records
from tests.bench.timing import Line, Timed, timed, workmanship
from tests.releases import build, run_git

Result = TypeVar("Result")
FIRST = ("celery", ("5.6.3", "5.7.0"))
HISTORY = ("paramiko", (
    "2.7.0", "2.7.1", "2.7.2", "2.8.0", "2.8.1", "2.9.0", "2.9.1", "2.9.2", "2.10.0", "2.10.1",
    "2.10.2", "2.10.3", "2.11.0", "2.12.0", "3.0.0", "3.1.0", "3.2.0", "3.3.1", "3.4.0", "3.4.1",
    "3.5.0", "3.5.1", "4.0.0", "5.0.0", "5.1.0",
))  # fmt: skip

BOMBS = 100

CONTRACT = """\
format: workmanship.contract/1
contract: {{id: BENCH, customer: A, supplier: B, starts: {starts}, ends: 2030-12-31,
  period: {period}, timezone: UTC, recipe: "2026.2"}}
repositories: [{{name: code, url: {url}, branch: main}}]
service_levels:
  - {{id: A, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 50}}
  - {{id: B, class: critical, indicator: errors.density, minimum: 50}}
  - {{id: C, class: critical, indicator: duplication.share, minimum: 50}}
"""
GATE = """\
gate:
  - {id: G-1, rule: function.ccn, at_most: 15}
  - {id: G-2, rule: findings.new, rules: [errors]}
  - {id: G-3, rule: suppressions.new}
  - {id: G-4, rule: no_worse, indicator: complexity.nloc_share, above: 15}
"""


def main(chosen: list[str]) -> None:
    """Run the chosen parts and print the table."""
    parts: dict[str, Callable[[Path], list[Line]]] = {
        "first": first, "history": history, "portfolio": generated, "lines": lines,
        "gate": gate, "hostile": hostile, "evidence": evidence, "records": records,
        "availability": availability,
    }  # fmt: skip
    table: list[Line] = []
    for name in chosen or list(parts):
        with tempfile.TemporaryDirectory(prefix="workmanship-bench-") as folder:
            print(f"running {name}", file=sys.stderr)
            table += parts[name](Path(folder))
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    print("| what | numbers | ratio | target |\n| --- | --- | --- | --- |")
    for line in table:
        print(f"| {line.what} | {line.numbers} | {line.ratio} | {line.target} |")


# ---------------------------------------------------------------- one package


def first(folder: Path) -> list[Line]:
    """First measurement, nothing changed, one release later, two workers."""
    package, versions = FIRST
    repository = folder / "code"
    build(repository, package, versions[:1])
    _contract(folder, repository, "2026-04-01", "quarter")
    files = len(list((repository / package).rglob("*.py")))
    peer = _raw_tools(repository / package)
    two = _measure(folder, "--jobs", "2")
    shutil.rmtree(folder / ".workmanship")
    one = _measure(folder, "--jobs", "1")
    again = _scorecard(folder)
    build(repository, package, versions[1:])
    later = _measure(folder, "--jobs", "2")
    changed = _changed(repository)
    return [
        Line(f"first measurement, {files} files of {package} {versions[0]}, 2 workers",
             f"{two.seconds:.1f} s, raw tools {peer:.1f} s, parent {two.megabytes:.0f} MB",
             f"{two.seconds / peer:.2f}", "0.5"),
        Line("two workers against one", f"{one.seconds:.1f} s -> {two.seconds:.1f} s",
             f"{one.seconds / two.seconds:.2f}", "1.7"),
        Line("nothing changed: measure, evaluate and report",
             f"{again.seconds:.2f} s, {_blobs(_measure(folder))} contents analysed",
             "", "1.5 s, 0"),
        Line(f"one release later ({versions[1]})",
             f"{later.seconds:.1f} s, {_blobs(later)} contents analysed, {changed} changed", "",
             "only the changed"),
    ]  # fmt: skip


def _raw_tools(package: Path) -> float:
    """Seconds of the tools that a user would run by hand, one after another, same rules."""
    python = [sys.executable, "-m"]
    rules = ",".join(r.id for r in load_recipe("2026.2").rules if r.list != "excluded")
    pylint = ["pylint", "-j2", "--rcfile=/dev/null", "--disable=all", f"--enable={rules}"]
    commands = [
        [*python, "radon", "raw", "-j", package.name],
        [*python, "radon", "cc", "-j", package.name],
        [*python, "radon", "mi", "-j", package.name],
        [*python, "radon", "hal", "-j", package.name],
        [*python, "lizard", package.name],
        [*python, *pylint, package.name],
    ]
    return sum(timed(command, package.parent, range(64)).seconds for command in commands)


def _changed(repository: Path) -> int:
    """Distinct contents of the last commit's files that the commit before does not have."""
    before, after = (
        set(run_git(repository, "ls-tree", "-r", "--format=%(objectname)", ref).split())
        for ref in ("main~1", "main")
    )
    return len(after - before)


# ---------------------------------------------------------------- history


def history(folder: Path) -> list[Line]:
    """All periods at once against every period from scratch, and against wily."""
    package, versions = HISTORY
    repository = folder / "code"
    build(repository, package, versions)
    _contract(folder, repository, "2019-12-01", "month")
    whole = _measure(folder, "--jobs", "2")
    with Store(folder / ".workmanship/measurements.duckdb", read_only=True) as store:
        rows = store.connection.execute(
            'select "commit", count(*), list(distinct blob) from files '
            "where language is not null group by 1"
        ).fetchall()
    file_versions = sum(row[1] for row in rows)
    distinct = len({blob for row in rows for blob in row[2]})
    scratch = 0.0
    for period in _periods_of(folder, [row[0] for row in rows]):
        shutil.rmtree(folder / ".workmanship")
        scratch += _measure(folder, "--jobs", "2", "--periods", period).seconds
    share = distinct / file_versions
    return [
        Line(f"history: {len(rows)} snapshots of {package} in one go",
             f"{whole.seconds:.1f} s, {_blobs(whole)} contents analysed of {distinct} distinct in "
             f"{file_versions} file versions; every snapshot from scratch {scratch:.1f} s",
             f"{whole.seconds / (share * scratch):.2f} of the distinct share", "1.3"),
        Line(f"wily build over {len(rows)} revisions (radon only)",
             f"{_wily(folder, repository, len(rows)):.1f} s, ours {whole.seconds:.1f} s",
             "", "peer"),
    ]  # fmt: skip


def _periods_of(folder: Path, commits: list[str]) -> list[str]:
    """The first period in which each commit stands."""
    with Store(folder / ".workmanship/measurements.duckdb", read_only=True) as store:
        rows = store.connection.execute(
            'select min(before) from snapshots where "commit" is not null group by "commit"'
        ).fetchall()
    ends = sorted(row[0] for row in rows)
    assert len(ends) == len(commits)
    return [_month_before(end) for end in ends]


def _month_before(end: datetime) -> str:
    year, month = (end.year - 1, 12) if end.month == 1 else (end.year, end.month - 1)
    return f"{year}-{month:02}"


def _wily(folder: Path, repository: Path, revisions: int) -> float:
    """Seconds of ``wily build`` in an environment of its own."""
    environment = folder / "wily"
    timed([sys.executable, "-m", "venv", str(environment)], folder)
    install = ["pip", "install", "--quiet", "wily", "setuptools<80"]
    timed([str(environment / "bin/python"), "-m", *install], folder)
    command = [str(environment / "bin/wily"), "--cache", str(folder / "wily-cache"), "build",
               "-n", str(revisions), "."]  # fmt: skip
    return timed(command, repository).seconds


# ---------------------------------------------------------------- the gate


def gate(folder: Path) -> list[Line]:
    """A change of ten files, and one of none that is code."""
    package, versions = FIRST
    repository = folder / "code"
    build(repository, package, versions[:1])
    _contract(folder, repository, "2026-04-01", "quarter")
    with (folder / "bench.contract.yaml").open("a", encoding="utf-8") as contract:
        contract.write(GATE)
    files = sorted((repository / package).rglob("*.py"), key=lambda file: file.stat().st_size)
    changed = files[-30::3]  # ten of the thirty largest
    for file in changed:
        with file.open("a", encoding="utf-8") as code:
            code.write("\n\ndef added(a):\n    return a if a else None\n")
    run_git(repository, "commit", "--quiet", "--all", "-m", "Ten files")
    (repository / "README").write_text("words\n", encoding="utf-8")
    run_git(repository, "add", "README")
    run_git(repository, "commit", "--quiet", "-m", "Words")
    names = [str(file.relative_to(repository)) for file in changed]
    python = [sys.executable, "-m"]
    commands = [
        [*python, "pylint", "-E", "--rcfile=/dev/null", *names],
        [*python, "lizard", *names],
    ]
    peer = sum(timed(command, repository, range(64)).seconds for command in commands)
    ten, words = (_gate(folder, f"main~{base}", f"main~{base - 1}") for base in (2, 1))
    return [
        Line(f"gate of {len(names)} changed files of {package} {versions[0]}",
             f"{ten.seconds:.2f} s, pylint -E and lizard on them {peer:.2f} s",
             f"{ten.seconds / peer:.2f}", "0.5, 3 s"),
        Line("gate of a change without code", f"{words.seconds:.2f} s", "", "0.5 s"),
    ]  # fmt: skip


def _gate(folder: Path, base: str, head: str) -> Timed:
    options = ("--repository", "code", "--path", "code", "--base", base, "--head", head)
    return workmanship("gate", "bench.contract.yaml", *options, folder=folder)


# ---------------------------------------------------------------- bombs


def hostile(_: Path) -> list[Line]:
    """A hundred bombs: the wall time beyond the limits that were hit, one after another."""
    seconds, hits = settle(BOMBS, "2026.2")
    limit = load_recipe("2026.2").limits.cpu_seconds
    return [
        Line(f"{BOMBS} hostile files, 2 workers",
             f"{seconds:.0f} s, {hits} limits of {limit} s hit",
             f"{max(0.0, seconds - hits * limit):.0f} s beyond them", "180 s"),
    ]  # fmt: skip


# ---------------------------------------------------------------- evidence


def evidence(folder: Path) -> list[Line]:
    """The bundle of a quarter after another: its size, and how long it takes to verify."""
    package, versions = FIRST
    repository = folder / "code"
    build(repository, package, versions)
    _contract(folder, repository, "2026-01-01", "quarter")
    first = _measure(folder, "--jobs", "2")
    period = ("--period", _quarter_of(folder), "--output", "evidence.zip")
    made = workmanship("evidence", "bench.contract.yaml", *period, folder=folder)
    alone = workmanship("verify", "evidence.zip", folder=folder, accept=(0,))
    code = ("--repository", f"code={repository}", "--jobs", "2")
    again = workmanship("verify", "evidence.zip", *code, folder=folder, accept=(0,))
    size = (folder / "evidence.zip").stat().st_size / 1e6
    return [
        Line(f"evidence of a quarter of {package}", f"{made.seconds:.1f} s", f"{size:.1f} MB",
             "5 MB"),
        Line("verified without its repository", f"{alone.seconds:.1f} s", "", "5 s"),
        Line("verified with it", f"{again.seconds:.1f} s, first measurement {first.seconds:.1f} s",
             f"{again.seconds / first.seconds:.2f}", "1"),
    ]  # fmt: skip


def _quarter_of(folder: Path) -> str:
    """The first quarter in which the newest commit stands."""
    with Store(folder / ".workmanship/measurements.duckdb", read_only=True) as store:
        rows = store.connection.execute(
            'select min(s.before) from snapshots as s join commits as c on c.sha = s."commit" '
            'group by s."commit" order by max(c.committed_at) desc limit 1'
        ).fetchall()
    end = rows[0][0] - timedelta(days=1)
    return f"{end.year}-Q{(end.month + 2) // 3}"


# ---------------------------------------------------------------- shared


def _contract(folder: Path, repository: Path, starts: str, period: str) -> None:
    text = CONTRACT.format(url=repository, starts=starts, period=period)
    (folder / "bench.contract.yaml").write_text(text, encoding="utf-8")


def _measure(folder: Path, *options: str) -> Timed:
    return workmanship("measure", "bench.contract.yaml", *options, folder=folder)


def _scorecard(folder: Path) -> Timed:
    return workmanship("scorecard", "bench.contract.yaml", "--output", "out", folder=folder)


def _blobs(run: Timed) -> int:
    line = next(line for line in run.output.splitlines() if line.startswith("measured "))
    return int(line.split()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
