"""A native program in our hands: a small one, in the shell's language, that finds lines with BUG
and does what hostile texts make programs do."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from collectors.analyzers.program import Canary, Program, Said, Source, installed_program
from collectors.languages.source import AnalyzerDiedError
from quality.catalogue.recipes import load_recipe
from quality.errors import MeasureError
from quality.model.recipe import Limits
from tests.examples import table
from tests.processes import alive, until

LIMITS = replace(load_recipe("2026.2").limits, cpu_seconds=1)
SCRIPT = r"""
for file in "$@"; do
  grep -q CRASH "$file" && kill -SEGV $$
  grep -q KILL "$file" && kill -KILL $$
  grep -q LOOP "$file" && while :; do :; done
  grep -q GIVE-UP "$file" && exit 3
  grep -q MUMBLE "$file" && echo "$file has nothing to say"
  grep -q HUSH "$file" && exit 0
  grep -q FLOOD "$file" && exec yes
  grep -q LOOK "$file" && echo "$file:$(pwd):$(env | cut -d= -f1 | sort | tr '\n' ' ')" >&2
  grep -n BUG "$file" | while IFS=: read line text; do echo "$file:$line"; done
done
"""


def rows(said: Said, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for line in said.stdout.splitlines():
        name, _, number = line.partition(":")
        yield name, int(number)


def program(script: str = SCRIPT, batch: int = 100) -> Program[int]:
    return Program(
        "grep",
        lambda names: ("/bin/bash", "-c", f"PATH={os.defpath}\n{script}", "grep", *names),
        rows,
        (Canary(".txt", "one\nBUG\n", frozenset({2})),),
        batch=batch,
    )


def sources(*texts: str) -> list[Source]:
    return [Source(f"k{number}", ".txt", text) for number, text in enumerate(texts)]


def read(*texts: str, script: str = SCRIPT, batch: int = 100, limits: Limits = LIMITS):
    """What came before the end, and how it ended."""
    found = dict[str, list[int]]()
    try:
        for key, lines in program(script, batch).read(sources(*texts), limits):
            found[key] = lines
    except AnalyzerDiedError as error:
        return found, str(error), error.transient
    return found, "", False


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_each_text_gets_its_own_rows(batch: int) -> None:
    found, *end = read("BUG\n", "fine\n", "x\nBUG\nBUG\n", batch=batch)
    assert (found, end) == ({"k0": [1], "k1": [], "k2": [2, 3]}, ["", False])


@pytest.mark.parametrize(
    ("bad", "reason", "transient"),
    table(
        [
            ("CRASH", "the analyzer crashed (SIGSEGV)", False),
            ("FLOOD", "says more than anybody can read", False),
            ("LOOP", "over the time limit of 1 s", False),
            ("KILL", "killed from outside, or stuck", True),
            ("GIVE-UP", "the analyzer gave up", False),
            ("MUMBLE", "grep is upset by the file: no readable answer", False),
            ("HUSH", "grep is upset by the file: known findings went missing", False),
        ],
        {0, 3, 6},
    ),
)
def test_what_ends_or_upsets_it_costs_its_own_rows(bad: str, reason: str, transient: bool) -> None:
    found, *end = read("BUG\n", "fine\n", "BUG\n", f"BUG\n{bad}\n", "BUG\n")
    assert (found, end) == ({"k0": [1], "k1": [], "k2": [1]}, [reason, transient])


@pytest.mark.parametrize(
    "script",
    [
        "exit 0",  # says nothing of the canaries
        "exit 1",
        "kill -SEGV $$",
    ],
)
def test_a_program_that_fails_on_our_own_texts_is_not_believed(script: str) -> None:
    with pytest.raises(MeasureError, match="does not report what it must"):
        program(script).prove(LIMITS)
    with pytest.raises(MeasureError, match="does not report what it must"):
        read("fine\n", script=script)


def test_a_canary_that_dies_by_the_machines_doing_asks_for_another_run() -> None:
    with pytest.raises(MeasureError, match="run it again"):
        program("kill -KILL $$").prove(LIMITS)


def test_a_program_that_is_not_there() -> None:
    missing = replace(program(), command=lambda names: ["/nowhere/grep"])
    with pytest.raises(MeasureError, match="install workmanship anew"):
        missing.prove(LIMITS)


def test_it_sees_no_environment_no_input_and_a_folder_that_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET", "1")
    seen = list[str]()

    def listen(said: Said, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        seen.extend(said.stderr.splitlines())
        yield from rows(said, names)

    looking = replace(program(), rows=listen, settings={"rules": "BUG"})
    assert dict(looking.read(sources("LOOK\n", "LOOK\n"), LIMITS)) == {"k0": [], "k1": []}
    (first, folder, variables), (second, _, _) = (line.split(":") for line in seen)
    assert variables.split() == ["HOME", "LC_ALL", "PWD", "SHLVL", "TMPDIR", "TZ", "_"]
    assert first != second
    assert not Path(folder).exists()
    seen.clear()
    assert dict(looking.read(sources("LOOK\n"), LIMITS)) == {"k0": []}
    assert first not in seen[0]  # names that no text can spell in advance


def test_settings_lie_in_the_folder_above() -> None:
    asking = replace(
        program(), settings={"word": "BUG\n"},
        command=lambda names: ("/bin/bash", "-c", 'PATH=/bin:/usr/bin; for file in "$@"; do '
                               'grep -nf ../word "$file" | sed "s/:.*//;s/^/$file:/"; done', "-",
                               *names),
    )  # fmt: skip
    assert dict(asking.read(sources("\nBUG\n"), LIMITS)) == {"k0": [2]}


def test_it_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.collectors.analyzers.test_program import *\n"
        "waiting = f'echo $$ > {sys.argv[1]}; sleep 1000'\n"
        "list(program(waiting).read(sources('fine'), LIMITS))"
    )
    told = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", code, str(told)], cwd=Path.cwd()) as ours:
        until(lambda: told.exists() and told.read_text().strip(), seconds=60)
        ours.send_signal(signal.SIGKILL)
    process = int(told.read_text())
    until(lambda: not alive(process), seconds=30)


def test_the_program_of_a_distribution() -> None:
    assert Path(installed_program("ruff", "ruff")).name == "ruff"
    with pytest.raises(MeasureError, match="brought no program"):
        installed_program("ruff", "rough")
    with pytest.raises(MeasureError, match="brought no program"):
        installed_program("no-such-distribution", "ruff")
