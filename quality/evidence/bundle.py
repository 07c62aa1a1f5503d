"""Opening a bundle: its entries as a database of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from quality.catalogue.recipes import load_recipe, measured_without
from quality.catalogue.tools import NONE
from quality.closing.records import digest_of
from quality.contract.periods import parse_period, periods
from quality.contract.text.problem import ContractError
from quality.errors import DisagreementError, MeasureError, UsageError
from quality.evidence import counts, envelope, papers, records
from quality.evidence.archive import MANIFEST, Entries
from quality.evidence.content import COMMITS, FILES, FRAMEWORK, RECIPE
from quality.evidence.envelope import Envelope, entries_of
from quality.evidence.facts import facts_of
from quality.evidence.lines import data_of, lines_of, value_of
from quality.evidence.papers import Addresses, addresses
from quality.model.facts import Facts
from quality.model.recipe import Recipe
from quality.model.repository import Commit, TreeFile
from quality.store.database import FrozenRow, Store
from quality.verdicts.request import DrawsByPeriod, Request


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle whose digests and signatures hold, as a store that holds nothing else."""

    path: Path
    entries: Entries
    manifest: Envelope
    about: dict[str, Any]
    request: Request
    recipe: Recipe
    store: Store
    facts: tuple[Facts, ...]
    where: Addresses


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """A bundle in a store of its own, in a temporary folder (errors as ``entries_of``, and
    MeasureError: another release made it)."""
    entries, manifest = entries_of(path)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="workmanship-")))
        try:
            yield _opened(path, entries, manifest, folder.resolve(), stack)
        except DisagreementError as error:
            text = str(error)
            raise DisagreementError(text if text.startswith(str(path)) else f"{path}: {text}")\
                from None  # fmt: skip
        except ContractError as error:
            first = str(error).splitlines()[0].replace(f"{folder.resolve()}/", "")
            raise DisagreementError(f"{path}: {first}") from None


def _opened(
    path: Path, entries: Entries, manifest: Envelope, folder: Path, stack: ExitStack
) -> Bundle:
    about = envelope.predicate_of(manifest)
    recipe = value_of(entries, RECIPE, Recipe)
    lacking = [tool for tool, found in recipe.tools if found == NONE]
    stack.enter_context(measured_without(lacking))
    _same_recipe(path, about, recipe)
    family = papers.unfolded(entries, folder, dict(recipe.tools).get("python", ""))
    today = _today(about)
    last = parse_period(_period(about), family, today)
    known = periods(family, today)
    draws = value_of(entries, FRAMEWORK, DrawsByPeriod) if FRAMEWORK in entries else ()
    request = Request(family, known[: known.index(last) + 1], today, draws)
    where = addresses(family.contracts)
    store = stack.enter_context(Store(folder / "facts.duckdb"))
    found = tuple(facts_of(entries))
    bundle = Bundle(path, entries, manifest, about, request, recipe, store, found, where)
    _fill(bundle)
    return bundle


def _same_recipe(path: Path, about: dict[str, Any], recipe: Recipe) -> None:
    """Refuse to count by other rules than the bundle's (MeasureError)."""
    try:
        ours = load_recipe(recipe.id, dict(recipe.tools).get("python", ""))
    except UsageError:
        ours = None
    if ours is None or ours.digest != recipe.digest:
        raise MeasureError(
            f"{path}: it was measured by recipe {recipe.id[:20]!a} of release "
            f"{str(about.get('program'))[:20]!a}, which is not this release's: install that release"
        )
    if ours != recipe:
        raise DisagreementError(f"{RECIPE}: this is not what recipe {recipe.id} says")


def _today(about: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(about["as_of"])
    except (KeyError, TypeError, ValueError):
        raise DisagreementError(f"{MANIFEST} does not say on which day it was made") from None


def _period(about: dict[str, Any]) -> str:
    try:
        return str(about["period"]["id"])
    except (KeyError, TypeError):
        raise DisagreementError(f"{MANIFEST} does not say of which period it is") from None


def _fill(bundle: Bundle) -> None:
    """Put all that a bundle holds into its empty store (DisagreementError)."""
    store, entries, place = bundle.store, bundle.entries, COMMITS
    try:
        _add_commits(store, entries)
        place = "facts"
        parts = {part.name: part.digest for part in bundle.recipe.parts}
        if strangers := {each.analyzer for each in bundle.facts} - parts.keys():
            raise DisagreementError(f"facts of {min(strangers)[:40]}: no analyzer of the recipe")
        store.add_facts(bundle.facts, parts)
        place = counts.COUNTS
        counts.give(store, counts.stated(entries))
        place = papers.JOURNAL
        _add_papers(store, entries, bundle.request)
        records.load(store, entries, bundle.where)
    except (duckdb.Error, LookupError, ValueError, TypeError, OverflowError) as error:
        raise DisagreementError(f"{place}: {str(error).splitlines()[0][:150]}") from None


def _add_commits(store: Store, entries: Entries) -> None:
    """The commits that anything names, and the files of those that were measured."""
    dates = dict(lines_of(entries, COMMITS))
    store.append("commits", [(sha, _moment(at), "") for sha, at in dates.items()])
    for name in entries:
        if name.startswith(FILES):
            sha = name.removeprefix(FILES).removesuffix(".jsonl")
            files = [
                TreeFile(path, oid, size, kind, language, unread or "")
                for path, oid, size, kind, language, unread in lines_of(entries, name)
            ]
            store.add_commit(Commit(sha, _moment(dates[sha]).replace(tzinfo=UTC)), files)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _add_papers(store: Store, entries: Entries, request: Request) -> None:
    """The journal and the records of closed periods, which a database holds beside the files."""
    contract = request.base.id
    if papers.JOURNAL in entries:
        text = entries[papers.JOURNAL].decode("utf-8", "replace")
        store.write_journal(contract, text.splitlines(keepends=True))
    bodies = {name: entries[name].decode("utf-8", "replace") for name in sorted(entries)
              if name.startswith(papers.RECORDS)}  # fmt: skip
    for name, body in bodies.items():
        stem = Path(name).stem
        previous = data_of(entries, name).get("previous", "")
        store.freeze(contract, FrozenRow(stem, body, digest_of(body), str(previous)))
