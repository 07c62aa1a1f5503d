"""What the gate command needs around the gate: the contract found, outputs chosen and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collectors.git.checkout import Checkout
from collectors.process.bounded import stop
from quality.contract.contract import Contract, load_contract, parse_contract
from quality.errors import MeasureError, UsageError
from quality.gate.merge import DEFAULT_RULE, Means, Merge, gate
from quality.measure.engine import engine
from quality.measure.watcher import Watcher
from quality.model.gate import GateResult
from reports.gate import explanation as gate_explanation
from reports.gate.formats import FORMATS

STDOUT = "-"
LARGEST = 1_048_576  # bytes of a contract
EXIT_CODES = {"passed": 0, "failed": 1, "unknown": MeasureError.exit_code}


@dataclass(frozen=True, slots=True)
class Order:
    """The command line of a gate. ``source``: REV:PATH of the contract in the checkout, which
    then stands for ``contract``."""

    contract: Path | None
    source: str | None
    repository: str
    folder: Path
    base: str
    head: str
    outputs: tuple[tuple[str, str], ...]
    explain: str | None
    database: Path | None
    jobs: int


def outputs(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """``FORMAT=FILE`` of each --output (UsageError)."""
    found: list[tuple[str, str]] = []
    for text in texts:
        name, equals, file = text.partition("=")
        if name not in FORMATS or not equals or not file:
            raise UsageError(
                f"--output {text}: write FORMAT=FILE, with FORMAT one of {', '.join(FORMATS)}"
            )
        if any(file == other for _, other in found):
            where = "standard output" if file == STDOUT else file
            raise UsageError(f"--output {text}: {where} is taken by another --output")
        found.append((name, file))
    return tuple(found)


def run(order: Order, watcher: Watcher) -> tuple[GateResult, str]:
    """Judge the change, write the outputs, and return the result and what stdout gets."""
    with Checkout(order.folder) as checkout:
        contract, merge = _read(order, checkout)
        if order.explain:
            _known(contract, order.explain)
        means = Means(engine("processes", order.jobs, stop), watcher, order.database)
        result = gate(contract, merge, checkout, means)
    shown = FORMATS["text"].render(result)
    if order.explain:
        shown = gate_explanation.render(result, order.explain)
    for name, file in order.outputs:
        text = FORMATS[name].render(result)
        if file == STDOUT:
            shown = text
        else:
            _write(Path(file), text)
    return result, shown


def _read(order: Order, checkout: Checkout) -> tuple[Contract, Merge]:
    """The contract, and where it lies in the checkout if it does."""
    if order.source is not None:
        revision, colon, path = order.source.partition(":")
        if not colon or not revision or not path:
            raise UsageError(f"--contract-from {order.source}: write REV:PATH")
        contract = parse_contract(checkout.content(revision, path, LARGEST), Path(path))
        same = checkout.commit(revision, "--contract-from") == checkout.commit(order.head, "--head")
        return contract, Merge(order.repository, order.base, order.head, path, same)
    if order.contract is None:
        raise UsageError("name the contract file, or --contract-from REV:PATH")
    inside = _inside(order.contract, checkout.top)
    contract = load_contract(order.contract)
    return contract, Merge(order.repository, order.base, order.head, inside, bool(inside))


def _inside(contract: Path, top: Path | None) -> str:
    """The contract's path in the work tree, "" if it lies elsewhere."""
    if top is None:
        return ""
    real, root = contract.resolve(), top.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else ""


def _known(contract: Contract, rule: str) -> None:
    given = (*contract.gate, DEFAULT_RULE)
    if not any(rule in (each.id, each.rule) for each in given):
        ids = ", ".join(f"{each.id} ({each.rule})" for each in given)
        raise UsageError(f"--explain {rule}: no such gate rule: the contract has {ids}")


def _write(file: Path, text: str) -> None:
    """Write a report; a file is never left half written, a device is just written to."""
    try:
        if file.exists() and not file.is_file():
            file.write_text(text, encoding="utf-8", newline="\n")
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f".{file.name}.part")
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(file)
    except OSError as error:
        raise MeasureError(f"cannot write {file}: {error.strerror}") from error
