"""The process in which analyzers meet hostile bytes: ``python -m collectors.process.worker``.

It reads blobs from standard input, bounds itself and writes one line of JSON a result.
Standard input stays open as a lifeline: when the parent dies, this process and its children go too.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import signal
import sys
import threading
from dataclasses import astuple, replace
from importlib import resources
from typing import BinaryIO, TextIO

from collectors.analyzers import ANALYZERS
from collectors.languages.source import AnalyzerDiedError
from collectors.languages.suffixes import spoken
from collectors.process.limits import bound
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


def read_blobs(stream: BinaryIO) -> list[tuple[str, Blob]]:
    """The work: (analyzer, blob) in order; see ``bounded._send`` for the other side."""
    blobs: dict[tuple[str, str], Blob] = {}
    header = json.loads(stream.readline())
    for oid, language, size in header["blobs"]:
        blobs[oid, language] = Blob(oid, language, stream.read(size))
    return [(analyzer, blobs[oid, language]) for analyzer, oid, language in header["tasks"]]


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


def main(recipe: Recipe, stdin: BinaryIO, out: TextIO) -> None:
    """Measure what comes in. A last line ``{"done": true}`` says that nothing is missing;
    ``{"died": reason}`` that an analyzer gave up; ``{"stop": text}`` that no number may be
    trusted."""
    tasks = read_blobs(stdin)
    threading.Thread(target=_follow_parent, args=(stdin,), daemon=True).start()
    last: dict[str, bool | str] = {"done": True}
    try:
        bound(recipe.limits)
        verify_tools(recipe)  # on a cluster this machine may be another than the one that asked
        for analyzer in dict.fromkeys(name for name, _ in tasks):
            blobs = [blob for name, blob in tasks if name == analyzer]
            prove(analyzer, {spoken(blob.language) for blob in blobs}, recipe)
            for facts in ANALYZERS[analyzer].measure(blobs, recipe):
                print(encode(facts), file=out, flush=True)
    except AnalyzerDiedError as error:
        last = {"died": str(error)}
    except MeasureError as error:
        last = {"stop": str(error)}
    except OSError as error:
        text = f"the machine cannot measure: {error.strerror}: run it again when this is settled"
        last = {"stop": text} if error.errno in MACHINE else _broke(error)
    except Exception as error:  # a tool that breaks on hostile bytes says something of the bytes
        last = _broke(error)
    print(json.dumps(last), file=out, flush=True)


def _broke(error: Exception) -> dict[str, bool | str]:
    return {"died": f"the analyzer broke: {type(error).__name__}"}


def _follow_parent(stdin: BinaryIO) -> None:
    """Wait for the end of standard input and end this process group with it."""
    stdin.read()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    # What a tool prints must not mix with the results: they get a descriptor of their own.
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    print(json.dumps({"ready": True}), file=results, flush=True)
    bounds = Limits(**json.loads(sys.argv[2]))
    main(replace(load_recipe(sys.argv[1], sys.argv[3]), limits=bounds), sys.stdin.buffer, results)
