"""The proof that a lock is not released on every way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.proofs.order import following, plain
from collectors.analyzers.treerules.words import Words, below, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]


def lock_kept(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Between a lock and its release in the same block a branch leaves the function without it."""
    match = re.fullmatch(given["lock"], joined(node).rstrip(";"))
    function = memory.function(node, words)
    if not match or function is None:
        return
    release = given["release"].format(
        *(re.escape(g or "") for g in match.groups()), kind=match.groupdict().get("kind") or ""
    )
    later = following(node, words)
    end = next((n for n, each in enumerate(later) if re.fullmatch(release, plain(each))), None)
    if end is None:
        return
    for statement in later[:end]:
        for each in [statement, *below(statement, words.functions)]:
            if each.kind() in given["leaves"] and not _released(each, statement, release):
                deferred = given["deferred"] + r"[^;]*" + release
                if not memory.holds(function, deferred):
                    yield each
                return


def _released(leave: Node, statement: Node, release: str) -> bool:
    text = statement.text()
    before = text[: leave.range().start.index - statement.range().start.index]
    return bool(re.search(release, " ".join(before.split()))) or bool(
        re.search(release, joined(leave))
    )
