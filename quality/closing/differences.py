"""Where today's numbers and the ledger do not agree with what a closed period was frozen with."""

from collections.abc import Mapping

from quality.closing.records import Closed, digest_of
from quality.contract.contract import Contract
from quality.contract.ledger.ledger import Ledger, ledger_path
from quality.model.canonical import dumps, encode
from quality.model.closing import Difference
from quality.model.evaluation import Evaluation, Snapshot
from quality.model.verdict import Measured, Verdict


def differences(closed: Closed, now: Evaluation, ledger: Ledger) -> tuple[Difference, ...]:
    """Where a recomputation does not agree with what was frozen."""
    then = closed.evaluation
    pairs = [
        ("contract digest", then.contract_digest, now.contract_digest),
        ("recipe digest", then.recipe.digest, now.recipe.digest),
        ("outcome", then.outcome, now.outcome),
    ]
    commits = [{s.repository: s.commit or "none" for s in e.snapshots} for e in (then, now)]
    pairs += _pairs("commit of", *commits)
    moved = [{s.repository: _challenges(s) for s in e.snapshots} for e in (then, now)]
    pairs += _pairs("commits that would move", *moved)
    levels = [{v.id: v for v in each.service_levels} for each in (then, now)]
    for what, text in (("value", _value), ("outcome", lambda verdict: verdict.outcome)):
        texts = [{id: text(verdict) for id, verdict in side.items()} for side in levels]
        pairs += [(f"{name} {what}", a, b) for name, a, b in _pairs("", *texts)]
    pairs += _pairs("ledger entry", *_relied_on(closed, ledger))
    pairs += [("credit statement", _money(then), _money(now))]
    return tuple(Difference(*each) for each in pairs if each[1] != each[2])


def _pairs(what: str, then: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys([*then, *now])
    return [(f"{what} {n}".strip(), then.get(n, "none"), now.get(n, "none")) for n in names]


def _challenges(snapshot: Snapshot) -> str:
    """What later pushes would have made of a snapshot that stands."""
    return ", ".join(each.commit or "no commit" for each in snapshot.challenges) or "none"


def _value(verdict: Verdict) -> str:
    part = verdict.decided_by
    decided = f", {part.repository} decides: {_number(part.measured)}" if part else ""
    return _number(verdict.measured) + decided


def _number(measured: Measured | None) -> str:
    if measured is None:
        return "unknown"
    return f"{measured.value} ({measured.numerator}/{measured.denominator})"


def _relied_on(closed: Closed, ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """The ledger's entries that the closed period counted: their digests then and now."""
    counted = {each.id for each in closed.evaluation.excusals if each.counts}
    counted |= {note.id for note in closed.evaluation.credit_notes if not note.why_not}
    counted |= {each.id for each in closed.evaluation.notices if not each.why_not}
    for each in closed.evaluation.disputes:
        counted |= {each.id, each.settled_by} if each.state else set()
    then = {name: digest for name, digest in closed.entries if name in counted}
    now = {name: digest for name, digest in ledger.digests if name in counted}
    return then, now


def _money(evaluation: Evaluation) -> str:
    """The credit statement's total and digest; "none" where the contract names no money."""
    if evaluation.credits is None:
        return "none"
    return f"{evaluation.credits.total:f} ({digest_of(dumps(encode(evaluation.credits)))})"


def broken_promises(
    contract: Contract, closed: Mapping[str, Closed], ledger: Ledger
) -> tuple[str, ...]:
    """The entries that closed periods counted and that were changed or removed since, a line each:
    a ledger only grows."""
    found = []
    for period, each in closed.items():
        then, now = _relied_on(each, ledger)
        for name, digest in then.items():
            if now.get(name) != digest:
                how = "changed" if name in now else "removed"
                found.append(
                    f"{ledger_path(contract.path)}: {name} was {how} after {period} was closed "
                    f"with it: restore it, and write corrections as new entries"
                )
    return tuple(found)
