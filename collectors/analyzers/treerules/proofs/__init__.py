"""Proofs: what a rule of ast-grep cannot say. Each gets a node, the language's words and what its
rule gives, and yields the places to report: none where nothing is proved."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs import (
    branches,
    conditions,
    formats,
    injections,
    locks,
    loops,
    order,
    recursion,
    rounds,
    secrets,
)
from collectors.analyzers.treerules.words import Words
from collectors.languages.trees import Node

Proof = Callable[[Node, Words, Mapping[str, Any]], Iterator[Node]]

PROOFS: dict[str, Proof] = {
    "absent": order.absent,
    "always": order.always,
    "assigned_condition": branches.assigned_condition,
    "away": loops.away,
    "brace_format": formats.brace_format,
    "changed_inside": loops.changed_inside,
    "command": injections.command,
    "copied": order.copied,
    "declared": order.declared,
    "dropped": order.dropped,
    "each_changed": rounds.each_changed,
    "each_once": rounds.each_once,
    "empty": order.empty,
    "empty_branch": branches.empty_branch,
    "empty_rescue": order.empty_rescue,
    "endless_recursion": recursion.endless_recursion,
    "error_lost": order.error_lost,
    "impossible": conditions.impossible,
    "inside_loop": order.inside_loop,
    "later_is": order.later_is,
    "lock_kept": locks.lock_kept,
    "lost_exit": order.lost_exit,
    "matching": formats.matching,
    "never": order.never,
    "next_is": order.next_is,
    "null_used": branches.null_used,
    "once": loops.once,
    "overwritten": order.overwritten,
    "past_end": loops.past_end,
    "predictable": secrets.predictable,
    "percent_format": formats.percent_format,
    "repeated_condition": branches.repeated_condition,
    "repeated_entry": branches.repeated_entry,
    "repeated_operand": conditions.repeated_operand,
    "requested": injections.requested,
    "returns_value": order.returns_value,
    "same_branches": branches.same_branches,
    "same_operands": conditions.same_operands,
    "same_results": branches.same_results,
    "says": formats.says,
    "secret": secrets.secret,
    "self_assigned": branches.self_assigned,
    "sql_format": injections.sql_format,
    "sql_values": injections.sql_values,
    "unbalanced": formats.unbalanced,
    "unchanging": loops.unchanging,
    "unreachable": branches.unreachable,
    "wrong_guard": conditions.wrong_guard,
    "wrong_update": loops.wrong_update,
}
