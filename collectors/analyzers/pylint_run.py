"""One run of pylint over files that know nothing of each other, and the proof that it can be
believed.

pylint is a program to us, never a module. Each text is a file of a name that no import statement
can spell, in a folder with nothing else, so that no file sees its neighbours; the plugin in
``pylint_process`` hides everything else but the standard library.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from collectors.languages.source import AnalyzerDiedError
from quality.errors import MeasureError
from quality.model.recipe import Limits

CANARY = """\
import astroid
import fractions


def shout(words, seen=[]):
    if not words:
        raise fractions.Fraction
    if not seen:
        raise astroid.nodes.Const
    for word in words:
        seen.append(word.upper(), quietly)
    return "%s %s" % (seen,)
    print(shout)
"""
# To raise a Fraction is wrong, and so is a node of astroid's: that pylint knows of the first and
# cannot know of the second proves that it sees the standard library and nothing installed.
CANARY_FINDINGS = frozenset(
    {
        (5, "W0102", "Dangerous default value [] as argument"),
        (7, "E0710", "Raising a class which doesn't inherit from BaseException"),
        (11, "E0602", "Undefined variable 'quietly'"),
        (12, "E1306", "Not enough arguments for format string"),
        (13, "W0101", "Unreachable code"),
    }
)
CANARY_RULES = frozenset(rule for _, rule, _ in CANARY_FINDINGS)
SYNTAX_ERROR = "syntax error: "
FIRST, LAST = "canary-first", "canary-last"
MESSAGE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Message:
    """A message as pylint gave it, free of file names: line from 1, column from 0."""

    line: int
    column: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Linted:
    """What pylint says of one text. ``fatal``: it broke in the middle, so that what it holds in
    memory, and so all that follows in the run, is in doubt."""

    messages: tuple[Message, ...]
    reason: str | None = None
    fatal: bool = False


def lint(texts: Mapping[str, str], rules: Collection[str], limits: Limits) -> dict[str, Linted]:
    """What pylint says of each text by its key (letters and digits), in the texts' order.

    Raises AnalyzerDiedError if pylint dies or a text upsets it, and MeasureError if it does not
    report what it must even on a file of ours alone.
    """
    with tempfile.TemporaryDirectory(prefix="pylint-") as folder:
        found = _run(Path(folder), texts, frozenset(rules) | CANARY_RULES, limits)
    wanted = [FIRST] if any(linted.fatal for linted in found.values()) else [FIRST, LAST]
    if any(_sung(found[name]) != CANARY_FINDINGS for name in wanted):
        if not texts:
            raise MeasureError("pylint does not report what it must: nothing it says is believed")
        lint({}, rules, limits)  # raises if it is not the texts that upset it
        raise AnalyzerDiedError("pylint is upset by the file: known messages went missing")
    return {key: found[_name(key)] for key in texts}


def _sung(canary: Linted) -> frozenset[tuple[int, str, str]]:
    return frozenset(
        (message.line, message.rule, message.text)
        for message in canary.messages
        if message.rule in CANARY_RULES
    )


def _name(key: str) -> str:
    return f"m-{key}"


def _run(
    folder: Path, texts: Mapping[str, str], rules: Collection[str], limits: Limits
) -> dict[str, Linted]:
    names = [FIRST, *map(_name, texts), LAST]
    files, home = folder / "files", folder / "home"
    for new in (files, home):
        new.mkdir()
    for name, text in zip(names, [CANARY, *texts.values(), CANARY], strict=True):
        (files / f"{name}.py").write_bytes(text.encode())
    with resources.as_file(resources.files("collectors.analyzers") / "pylint_process") as process:
        output = _output(
            [f"--rcfile={process / 'pylintrc'}", f"--enable={','.join(sorted(rules))}"]
            + [f"{name}.py" for name in names],
            files,
            {"HOME": str(home), "PYLINTHOME": str(home), "PYTHONPATH": str(process)},
            limits,
        )
    linted = folder / "linted"
    checked = set(linted.read_text("utf-8").split()) if linted.exists() else set()
    return {name: _linted(name, output.get(name, []), name in checked) for name in names}


def _output(
    arguments: list[str], cwd: Path, places: dict[str, str], limits: Limits
) -> dict[str, list[dict[str, Any]]]:
    """The messages by module."""
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
    run = subprocess.run(
        [sys.executable, "-P", "-s", "-B", "-m", "pylint", *arguments],
        cwd=cwd,
        env=environment | places,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if run.returncode == -signal.SIGXCPU:
        raise AnalyzerDiedError(f"over the time limit of {limits.cpu_seconds} s")
    if run.returncode < 0:
        raise AnalyzerDiedError(f"pylint crashed ({signal.Signals(-run.returncode).name})")
    by_module: dict[str, list[dict[str, Any]]] = {}
    try:
        messages = json.loads(run.stdout)["messages"]
    except (ValueError, KeyError) as error:
        out_of_memory = b"MemoryError" in run.stderr
        reason = "over the memory limit" if out_of_memory else f"pylint ended with {run.returncode}"
        raise AnalyzerDiedError(reason) from error
    for message in messages:
        by_module.setdefault(message["module"], []).append(message)
    return by_module


def _linted(name: str, raw: list[dict[str, Any]], checked: bool) -> Linted:
    messages = []
    for entry in raw:
        rule, text = entry["messageId"], _clean(entry["message"], name)
        if rule.startswith("F"):
            return Linted((), "pylint breaks on it: nested too deeply or too large", fatal=True)
        if rule == "E0001":
            return _unparsed(text, entry["line"])
        messages.append(Message(entry["line"], entry["column"], rule, text))
    if not checked:
        return Linted((), "pylint passes over it in silence", fatal=True)
    return Linted(tuple(messages))


def _unparsed(text: str, line: int) -> Linted:
    error = text.removeprefix("Parsing failed: ").strip("'")
    if not error:  # a MemoryError has no text: the file's own fault only if it is alone
        return Linted((), "syntax error: nested too deeply or over the memory limit", fatal=True)
    error = re.sub(r" ?\((?:this module|<unknown>), line \d+\)", "", error)
    return Linted((), f"{SYNTAX_ERROR}{error} in line {line}" if line else f"{SYNTAX_ERROR}{error}")


def _clean(text: str, name: str) -> str:
    """White space folded, no file name and no address of this run, cut to a length."""
    text = text.replace(f"{name}.py", "this module").replace(f"{name}.", "")
    text = re.sub(r" at 0x[0-9a-f]{8,}", "", text.replace(name, "this module"))
    return " ".join(text.split())[:MESSAGE_LENGTH]
