"""What a bundle says: made from a database that holds a period, or made again from its own facts.

Both go through the one function ``contents``, so what is verified is what was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from quality.catalogue.recipes import load_recipe
from quality.closing.evaluations import asking_others, evaluations
from quality.contract.sections.repositories import Repository
from quality.contract.sections.sources import SECTIONS
from quality.errors import MeasureError
from quality.evidence import counts, facts
from quality.evidence.lines import lines, written
from quality.evidence.papers import Addresses
from quality.evidence.result import result
from quality.measure.backlog import needs
from quality.model.canonical import dumps, encode
from quality.model.evaluation import Evaluation
from quality.model.facts import Facts
from quality.model.recipe import Recipe
from quality.model.verdict import Period
from quality.store.counting import NOTHING
from quality.store.database import Store, Wanted
from quality.store.known import known_facts
from quality.verdicts.explain import explained
from quality.verdicts.history import History, Snapshots
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request

FORMAT = "workmanship.bundle/1"
EVALUATION, RECIPE, SNAPSHOTS = "evaluation.json", "recipe.json", "snapshots.json"
COMMITS, FILES, ROWS = "commits.jsonl", "files/", "rows/"
FRAMEWORK = "framework.json"
EVERY = 10**9  # rows
Trees = Mapping[str, str]
"""commit -> the id of its tree, where the repository was at hand."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A request judged in a store: what stands, what was counted, and the facts behind it."""

    request: Request
    recipe: Recipe
    evaluation: Evaluation
    history: History
    facts: tuple[Facts, ...]

    @property
    def commits(self) -> list[str]:
        """The commits whose files and facts a bundle holds."""
        return sorted(counts.held(self.history))


def judged(store: Store, request: Request) -> Judged:
    """Judge a request by what a store holds."""
    recipe = load_recipe(*request.contract.measured_by)
    (request,) = asking_others(store, [request])
    (evaluation,) = evaluations(store, [request], pages=False)
    (history,) = count(store, [request])
    commits = sorted(counts.held(history))
    found = known_facts(store, wanted(store, request, recipe, commits))
    return Judged(request, recipe, evaluation, history, tuple(found))


def wanted(store: Store, request: Request, recipe: Recipe, commits: list[str]) -> list[Wanted]:
    """The measurements that commits need under any of a request's contracts."""
    patterns = dict.fromkeys(request.of(period).files for period in request.periods)
    every = (each for one in patterns for each, _ in needs(store, recipe, one, commits))
    return sorted(set(every))


def contents(store: Store, found: Judged, where: Addresses, trees: Trees) -> dict[str, bytes]:
    """The entries that follow from the facts: verdicts and amounts, counts with the rows behind
    them, snapshots, files, facts."""
    evaluation = where.hide(encode(found.evaluation))
    return {
        EVALUATION: dumps(evaluation).encode(),
        RECIPE: written(found.recipe),
        SNAPSHOTS: dumps(list(_snapshots(store, found, trees))).encode(),
        counts.COUNTS: counts.entry(counts.counts_of(found.history)),
        COMMITS: _commits(store, found),
        **{f"{FILES}{sha}.jsonl": _files(store, sha) for sha in _listed(store, found)},
        **facts.entries_of(found.facts),
        **_framework(found.request),
        **_rows(store, found.history, where),
    }


def _framework(request: Request) -> dict[str, bytes]:
    """What other contracts took of the framework's cap, by period."""
    draws = tuple(each for each in request.draws or () if each[1])
    return {FRAMEWORK: dumps(encode(draws)).encode()} if draws else {}


def predicate(found: Judged) -> dict[str, Any]:
    """Of what a bundle is the evidence, in the manifest."""
    request, evaluation = found.request, found.evaluation
    return {
        "format": FORMAT,
        "contract": {"id": request.base.id, "digest": evaluation.contract_digest},
        "period": encode(request.period),
        "as_of": str(request.today) if request.today else None,
        "outcome": evaluation.outcome,
        "result": result(evaluation),
        "record": evaluation.frozen.digest if evaluation.frozen else None,
        "recipe": {"id": found.recipe.id, "digest": found.recipe.digest},
        "tools": dict(found.recipe.tools),
        "program": version("workmanship"),
        "given": list(given(found)),
    }


def given(found: Judged) -> Iterator[str]:
    """What a bundle asks its reader to take as it is stated, in sentences."""
    request = found.request
    numbers = counts.counts_of(found.history)
    periods = [each.id for each in request.periods[:-2]]
    if periods and any(each.given for each in numbers.values()):
        yield (
            f"the counts of {_range(periods)}: their verdicts and amounts follow from the counts, "
            f"but the facts behind these are in the bundles of those periods"
        )
    if closed := [each.period.id for each in found.evaluation.past if each.state == "closed"]:
        yield f"what was closed: {', '.join(closed)}, as their records say"
    if names := sorted({each.contract for _, draws in request.draws or () for each in draws}):
        yield f"what {', '.join(names)} took of the cap of their framework: in their own bundles"
    if request.contract.repositories:
        yield "when the repositories were read, and what was found there then"
    if found.evaluation.scorecard.declared:
        yield "what reports of others declare, and when they reached us"
    if any(each.readings for each in found.evaluation.service_levels):
        yield "what records of others say, and when they reached us"


def _range(periods: list[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"


def _snapshots(store: Store, found: Judged, trees: Trees) -> Iterator[dict[str, Any]]:
    for period, repository, role, sha in standing(found.history.snapshots):
        yield {
            "period": period.id, "repository": repository.name, "role": role,
            "commit": sha, "tree": trees.get(sha), "committed_at": _moment(store, sha),
        }  # fmt: skip


def standing(snapshots: Snapshots) -> Iterator[tuple[Period, Repository, str, str]]:
    """Which commit stands for each repository, as its snapshot or its baseline, in the judged
    period and the one before: (period, repository, role, commit)."""
    request = snapshots.request
    for period in request.periods[-2:]:
        for repository in request.of(period).repositories:
            stored = snapshots.of(period, repository.name).commit
            base, _ = snapshots.baseline(period, repository.name)
            for role, sha in (("snapshot", stored and stored.sha), ("baseline", base)):
                if sha and sha != NOTHING:
                    yield period, repository, role, sha


def _moment(store: Store, sha: str) -> str | None:
    rows = store.connection.execute(
        "select committed_at from commits where sha = ?", [sha]
    ).fetchall()
    return rows[0][0].isoformat() if rows else None


def _listed(store: Store, found: Judged) -> list[str]:
    """The commits whose files are listed: also those that reports are held against."""
    commits, contracts = set(found.commits), found.request.family.contracts
    if any(each.sources(section) for each in contracts for section in SECTIONS):
        stored = found.history.snapshots.stored.values()
        commits |= {each.commit.sha for each in stored if each.commit}
        commits |= _claimed(store, [each.id for each in contracts])
    return sorted(commits)


def _claimed(store: Store, contracts: list[str]) -> set[str]:
    """The commits that reports on a contract claim, as far as they are known."""
    rows = store.connection.execute(
        'select distinct u."commit" from report_runs as u where u.content in '
        "(select content from reports where contract in (select unnest(?)))",
        [contracts],
    ).fetchall()
    claims = {sha for (claim,) in rows for sha in str(claim).split()}
    return {sha for sha in claims if store.has_commit(sha)}


def _commits(store: Store, found: Judged) -> bytes:
    """The dates of all commits that anything names: what stands, baselines, and what is listed."""
    places = [
        repository.place(contract.path)
        for contract in found.request.family.contracts
        for repository in contract.repositories
    ]
    rows = store.connection.execute(
        "select sha, committed_at from commits where sha in ("
        'select "commit" from snapshots where source in (select unnest($places)) union '
        'select "commit" from baselines where source in (select unnest($places)) union '
        "select unnest($listed)) order by sha",
        {"places": places, "listed": _listed(store, found)},
    ).fetchall()
    return lines([sha, at.isoformat()] for sha, at in rows)


def _files(store: Store, sha: str) -> bytes:
    """All entries of a commit's tree."""
    rows = store.connection.execute(
        'select path, blob, size, kind, language, unread from files where "commit" = ? '
        "order by path",
        [sha],
    ).fetchall()
    return lines(map(list, rows))


def _rows(store: Store, history: History, where: Addresses) -> dict[str, bytes]:
    """The rows behind each service level, all of them."""
    found = {}
    for level in history.request.contract.service_levels:
        try:
            shown = explained(store, history, level, EVERY)
            said: dict[str, Any] = {
                "commits": dict(shown.commits), "columns": list(shown.columns),
                "rows": [_plain(row) for row in shown.rows],
            }  # fmt: skip
        except MeasureError as error:
            said = {"why": str(error)}
        found[f"{ROWS}{level.id}.json"] = dumps(where.hide({"level": level.id, **said})).encode()
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Decimal | Fraction | date | datetime) else value
