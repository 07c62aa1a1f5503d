"""The nursery in whose children analyzers meet hostile bytes: ``python -m
collectors.process.worker``, see ``collectors.nursery.server``.

It loads the analyzers and has them prove themselves on samples of ours; a child gets blobs, bounds
itself and answers with one line of JSON a result.
"""

from __future__ import annotations

import errno
import json
import platform
import socket
import sys
from dataclasses import astuple, replace
from importlib import resources
from typing import Any

from collectors.analyzers import ANALYZERS, SELF_PROVING, SLOW_TO_START
from collectors.languages.source import AnalyzerDiedError
from collectors.languages.suffixes import spoken
from collectors.nursery.limits import allow, bound, refuse_tighter_shell
from collectors.nursery.messages import read, write, write_json
from collectors.nursery.server import serve
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.errors import MeasureError
from quality.model.facts import Blob, Facts
from quality.model.recipe import Limits, Recipe

SAMPLES = resources.files("collectors.process") / "samples"
# The machine's own trouble says nothing of the content.
MACHINE = {
    *(errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO),
    *(errno.EAGAIN, errno.ENOMEM),  # no more processes, or no memory for one
}
_proven: set[tuple[str, str, str]] = set()  # recipe, analyzer, language


def read_tasks(head: dict[str, Any], connection: socket.socket) -> list[tuple[str, Blob]]:
    """The work: (analyzer, blob) in order; see ``bounded._send`` for the other side."""
    blobs = {
        (oid, language): Blob(oid, language, read(connection)) for oid, language in head["blobs"]
    }
    return [(analyzer, blobs[oid, language]) for analyzer, oid, language in head["tasks"]]


def encode(facts: Facts) -> str:
    """Facts as one line of JSON, see ``bounded._decode``: rows as [type name, values]."""
    rows = [[type(row).__name__, astuple(row)] for row in facts.rows]
    head = (facts.blob, facts.language, facts.analyzer, facts.reason)
    return json.dumps([*head, rows, facts.cause])


def prove(analyzer: str, languages: set[str], recipe: Recipe) -> None:
    """Let an analyzer read samples whose facts are known: MeasureError if it finds others.

    What is known is ``samples/facts.json``: the rows by analyzer and language, as ``encode`` writes
    them. pylint has none there: it proves itself in each of its runs.
    """
    by_language = json.loads((SAMPLES / "facts.json").read_text("utf-8")).get(analyzer, {})
    known = {language: by_language[language] for language in languages & by_language.keys()}
    blobs = [Blob("", each, (SAMPLES / f"{each}.txt").read_bytes()) for each in known]
    bounds = replace(recipe, limits=load_recipe(recipe.id).limits)
    measured = ANALYZERS[analyzer].measure(blobs, bounds)
    found = {facts.language: json.loads(encode(facts))[3:] for facts in measured}
    for language, rows in known.items():
        if found.get(language) != [None, rows, None]:
            raise MeasureError(
                f"{analyzer} misreads a known sample of {language} under Python "
                f"{platform.python_version()} ({sys.executable}), so nothing it says is believed: "
                f"install workmanship anew, with another patch release of Python"
            )


def prepare(head: dict[str, Any]) -> bool:
    """Prove, before its child is forked, what a request needs and no request before it did."""
    recipe = load_recipe(head["recipe"], head["python"])
    refuse_tighter_shell(recipe.limits)
    verify_tools(recipe)  # on a cluster this machine may be another than the one that asked
    for analyzer in SLOW_TO_START.keys() & head["begun"]:
        SLOW_TO_START[analyzer](recipe)
    needed = {(recipe.id, analyzer, spoken(language)) for analyzer, _, language in head["tasks"]}
    new = needed - _proven
    for analyzer in sorted({analyzer for _, analyzer, _ in needed}):
        if analyzer in SELF_PROVING:
            SELF_PROVING[analyzer](recipe)
        elif languages := {language for _, name, language in new if name == analyzer}:
            prove(analyzer, languages, recipe)
    _proven.update(new)
    return bool(new)


def answer(head: dict[str, Any], connection: socket.socket) -> None:
    """Measure a request's blobs, each within the limits. A last message ``{"done": true}`` says
    that nothing is missing; ``{"died": reason, "transient": bool}`` that an analyzer gave up;
    ``{"stop": text}`` that no number may be trusted."""
    recipe = load_recipe(head["recipe"], head["python"])
    recipe = replace(recipe, limits=Limits(**head["limits"]))
    bound(recipe.limits)
    last: dict[str, bool | str] = {"done": True}
    try:
        tasks = read_tasks(head, connection)
        for analyzer in dict.fromkeys(name for name, _ in tasks):
            blobs = [blob for name, blob in tasks if name == analyzer]
            allow(recipe.limits.cpu_seconds)
            for facts in ANALYZERS[analyzer].measure(blobs, recipe):
                write(connection, encode(facts).encode())
                allow(recipe.limits.cpu_seconds)
    except AnalyzerDiedError as error:
        last = {"died": str(error), "transient": error.transient}
    except MeasureError as error:
        last = {"stop": str(error)}
    except OSError as error:
        text = f"the machine cannot measure: {error.strerror}: run it again when this is settled"
        last = {"stop": text} if error.errno in MACHINE else _broke(error)
    except Exception as error:  # a tool that breaks on hostile bytes says something of the bytes
        last = _broke(error)
    write_json(connection, last)


def _broke(error: Exception) -> dict[str, bool | str]:
    return {"died": f"the analyzer broke: {type(error).__name__}", "transient": False}


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), prepare, answer)
