"""``workmanship gate``: the contract found, the change judged, the outputs written."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from quality.cli import options
from quality.cli.console import EXIT_CODES, MET, leave, show, verdicts
from quality.errors import UsageError
from quality.files import write
from reports.gate.formats import FORMATS

if TYPE_CHECKING:
    from collectors.git.checkout import Checkout
    from quality.contract.contract import Contract
    from quality.gate.request import MergeRequest
    from quality.model.gate import GateResult

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
        str,
        typer.Option(
            metavar="REV", help="What the change is to be merged into, such as origin/main."
        ),
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
    pushed: Annotated[
        bool,
        typer.Option(
            "--pushed",
            help="In a pre-push hook: judge the commits that are pushed, as git or pre-commit "
            "name them, in place of --head.",
        ),
    ] = False,
    coverage: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="What tests report of the head: Cobertura, JaCoCo, LCOV or JSON of coverage.py. "
            "May be repeated.",
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep facts in this database, and reuse them. Default: none are kept.",
        ),
    ] = None,
    jobs: options.Jobs = options.CORES,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge a change before it is merged: only what it changes, by the contract's gate rules."""
    from collectors.git.checkout import Checkout
    from collectors.process.bounded import Supervisor
    from quality.cli.progress import watch
    from quality.gate.needs import begin

    outputs = _outputs(output or ())
    heads = pushed_commits(os.environ, sys.stdin) if pushed else [head]
    if len(heads) > 1 and outputs:
        raise UsageError("--output takes one commit, and several are pushed: leave it out")
    codes = [MET]
    with watch(quiet, verbose) as watcher, Checkout(path) as checkout, Supervisor() as processes:
        for commit in heads:
            checkout.read_ahead(base, commit)
            request = _request(contract, contract_from, path, checkout, (repository, base, commit))
            request = replace(request, coverage=tuple(coverage or ()))
            if explain:
                _known(request.contract, explain)
            begin(request, checkout, processes)
            # Slow to load: while the analyzers start.
            from quality.catalogue.recipes import load_recipe
            from quality.gate.facts import GateFacts
            from quality.gate.merge import NothingComparedError, gate
            from quality.measure.engine import engine
            from reports.gate import explanation

            facts = GateFacts(
                checkout,
                load_recipe(*request.contract.measured_by),
                engine("processes", jobs),
                processes,
                watcher,
                database,
            )
            try:
                result = gate(request, facts)
            except NothingComparedError as error:
                if not pushed:
                    raise
                show(f"{error}\n")
                continue
            codes.append(EXIT_CODES.get(result.outcome, MET))
            text = FORMATS["text"].render(result)
            shown = explanation.render(result, explain) if explain else text
            verdicts(_write(result, outputs, shown))
    leave(max(codes), exit_zero)


def pushed_commits(environment: Mapping[str, str], stdin: TextIO | None) -> list[str]:
    """What is pushed: the commit that pre-commit names, or those of git's lines on standard input
    (local ref, its commit, remote ref, its commit), without deleted refs; HEAD where neither says
    anything."""
    if commit := environment.get("PRE_COMMIT_TO_REF", ""):
        return [commit]
    lines = [] if stdin is None or stdin.isatty() else stdin.read(LARGEST).splitlines()
    named = [words[1] for words in map(str.split, lines) if len(words) == 4]
    if not named:
        return ["HEAD"]
    return list(dict.fromkeys(commit for commit in named if commit.strip("0")))


def _write(result: GateResult, outputs: Sequence[tuple[str, str]], shown: str) -> str:
    """Write the outputs; what goes to standard output."""
    for name, file in outputs:
        text = FORMATS[name].render(result)
        if file == STDOUT:
            shown = text
        else:
            write(Path(file), text)
    return shown


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


def _request(
    path: Path | None,
    source: str | None,
    folder: Path,
    checkout: Checkout,
    asked: tuple[str, str, str],
) -> MergeRequest:
    """What is to be judged: ``asked`` is repository, base and head, ``source`` REV:PATH of the
    contract, which then stands for ``path``, ``folder`` where the checkout is."""
    from quality.contract.file import load_contract, parse_contract
    from quality.gate.request import MergeRequest

    head = asked[2]
    if source is not None:
        revision, colon, file = source.partition(":")
        if not colon or not revision or not file:
            raise UsageError(f"--contract-from {source}: write REV:PATH")
        commit = checkout.commit(revision, "--contract-from")
        content = checkout.content(revision, file, LARGEST)
        contract = parse_contract(content, Path(file), beside=False)
        words = ("--contract-from", f"{commit}:{file}", *_named(folder))
        same = commit == checkout.commit(head, "--head")
        return MergeRequest(contract, *asked, file, same, source=words)
    if path is None:
        raise UsageError("name the contract file, or --contract-from REV:PATH")
    contract, inside = load_contract(path), _inside(path, checkout.top)
    edited = bool(inside) and not checkout.holds(
        checkout.commit(head, "--head"), inside, path.read_bytes()
    )
    words = (str(path), *_named(folder))
    return MergeRequest(contract, *asked, inside, bool(inside), edited, words)


def _named(folder: Path) -> tuple[str, ...]:
    """The words that name the checkout, none for the current folder."""
    return () if folder == Path() else ("--path", str(folder))


def _inside(contract: Path, top: Path | None) -> str:
    """The contract's path in the work tree, "" if it lies elsewhere."""
    if top is None:
        return ""
    real, root = contract.resolve(), top.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else ""


def _known(contract: Contract, rule: str) -> None:
    from quality.gate.needs import in_force

    given = in_force(contract)
    if not any(rule in (each.id, each.rule) for each in given):
        ids = ", ".join(f"{each.id} ({each.rule})" for each in given)
        raise UsageError(f"--explain {rule}: no such gate rule: the contract has {ids}")
