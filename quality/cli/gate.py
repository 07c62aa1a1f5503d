"""``workmanship gate``: the contract found, the change judged, the outputs written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli import options
from quality.cli.console import EXIT_CODES, MET, leave, show
from quality.errors import UsageError
from quality.files import write
from reports.gate.formats import FORMATS

if TYPE_CHECKING:
    from collectors.git.checkout import Checkout
    from quality.contract.contract import Contract

EXAMPLE = (
    "workmanship gate acme.contract.yaml --repository billing --base origin/main "
    "--output sarif=gate.sarif"
)
STDOUT = "-"
LARGEST = 1_048_576  # bytes of a contract


def command(
    repository: Annotated[
        str, typer.Option(metavar="NAME", help="The repository's name in the contract.")
    ],
    base: Annotated[
        str, typer.Option(metavar="REV", help="Where the change goes, such as origin/main.")
    ],
    contract: Annotated[
        Path | None,
        typer.Argument(
            metavar="CONTRACT", help="The contract file; not read with --contract-from."
        ),
    ] = None,
    path: Annotated[Path, typer.Option(metavar="DIR", help="The checkout or bare clone.")] = Path(),
    head: Annotated[str, typer.Option(metavar="REV", help="The change's last commit.")] = "HEAD",
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=FILE",
            help=f"Also write {', '.join(list(FORMATS)[:-1])} or {list(FORMATS)[-1]}; FILE - is "
            "standard output. May be repeated.",
        ),
    ] = None,
    contract_from: Annotated[
        str | None,
        typer.Option(
            metavar="REV:PATH",
            help="Read the contract from this revision of the checkout, so that the change "
            "cannot loosen it.",
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="RULE", help="Explain one rule (G-1, function.ccn) with this change's numbers."
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reuse and keep facts there. Default: none are kept."),
    ] = None,
    jobs: options.Jobs = options.CORES,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge a change before it is merged: only what it changes, by the contract's gate rules."""
    from collectors.git.checkout import Checkout
    from quality.cli.progress import watch
    from quality.gate.merge import MergeRequest, gate
    from quality.measure.engine import engine
    from reports.gate import explanation

    outputs = _outputs(output or ())
    with watch(quiet, verbose) as watcher, Checkout(path) as checkout:
        judge, inside, same = _read(contract, contract_from, checkout, head)
        if explain:
            _known(judge, explain)
        request = MergeRequest(judge, repository, base, head, inside, same)
        result = gate(request, checkout, engine("processes", jobs), watcher, database)
    shown = explanation.render(result, explain) if explain else FORMATS["text"].render(result)
    for name, file in outputs:
        text = FORMATS[name].render(result)
        if file == STDOUT:
            shown = text
        else:
            write(Path(file), text)
    show(shown)
    leave(EXIT_CODES.get(result.outcome, MET), exit_zero)


def _outputs(texts: Sequence[str]) -> list[tuple[str, str]]:
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
    return found


def _read(
    path: Path | None, source: str | None, checkout: Checkout, head: str
) -> tuple[Contract, str, bool]:
    """The contract, its path in the checkout ("" if it lies elsewhere), and whether it is the
    one of the head that is judged. ``source``: REV:PATH, which then stands for ``path``."""
    from quality.contract.file import load_contract, parse_contract

    if source is not None:
        revision, colon, file = source.partition(":")
        if not colon or not revision or not file:
            raise UsageError(f"--contract-from {source}: write REV:PATH")
        contract = parse_contract(checkout.content(revision, file, LARGEST), Path(file))
        same = checkout.commit(revision, "--contract-from") == checkout.commit(head, "--head")
        return contract, file, same
    if path is None:
        raise UsageError("name the contract file, or --contract-from REV:PATH")
    inside = _inside(path, checkout.top)
    return load_contract(path), inside, bool(inside)


def _inside(contract: Path, top: Path | None) -> str:
    """The contract's path in the work tree, "" if it lies elsewhere."""
    if top is None:
        return ""
    real, root = contract.resolve(), top.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else ""


def _known(contract: Contract, rule: str) -> None:
    from quality.gate.rules import in_force

    given = in_force(contract)
    if not any(rule in (each.id, each.rule) for each in given):
        ids = ", ".join(f"{each.id} ({each.rule})" for each in given)
        raise UsageError(f"--explain {rule}: no such gate rule: the contract has {ids}")
