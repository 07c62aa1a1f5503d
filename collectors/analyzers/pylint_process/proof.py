"""Which of pylint's findings a file proves by itself.

pylint judges by what it infers, and of a file alone it infers much that another file would refute:
the bases of a class, what a subclass sets, what a decorator returns. A message of a rule that has a
proof here counts only where its proof holds; any other message counts as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import proven_calls as calls
import proven_members as members
import proven_names as names
import proven_values as values


def holds(rule: str, node: Any, args: Any) -> bool:
    """Whether a message of a rule about a node is beyond doubt, or needs no proof."""
    proof = PROOFS.get(rule)
    try:
        return proof is None or proof(node, args)
    except Exception:  # hostile code leads astroid to odd places: what breaks proves nothing
        return False


PROOFS: dict[str, Callable[[Any, Any], bool]] = {
    "E0102": names.twice,
    "E0110": members.abstract,
    "E0211": names.plain_method,
    "E0213": names.no_self,
    "E0237": members.slots,
    "E0602": names.undefined,
    "E0611": members.no_name,
    "E0633": values.unpacked,
    "E0702": values.raised,
    "E0712": values.caught_literal,
    "E1101": members.no_member,
    "E1102": calls.not_callable,
    "E1111": calls.returns_nothing,
    "E1120": calls.missing,
    "E1121": calls.call,
    "E1123": calls.call,
    "E1124": calls.call,
    "E1125": calls.missing,
    "E1126": values.index,
    "E1127": values.index,
    "E1129": values.context,
    "E1133": values.literal,
    "E1135": values.literal,
    "E1136": values.literal,
    "E1137": values.literal,
    "E1138": values.literal,
    "E1144": values.index,
    "E1200": values.logged,
    "E1201": values.logged,
    "E1206": values.logged,
    "E1307": values.formatted,
    "E4702": names.removed,
    "W0102": values.shared_default,
    "W0126": calls.never_called,
    "W0127": values.itself,
    "W0143": values.with_function,
    "W0245": names.super_itself,
    "W0632": values.unpacked,
    "W1116": values.no_type,
}
