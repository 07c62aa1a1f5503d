"""A bundle beside its repository: the commits, their files, and each content measured again.

A sample is chosen by the manifest's digest, so that both parties draw the same one; who fears that
the bundle was made until the draw was kind names a seed of his own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from pathlib import Path

from collectors.git.mirror import Mirror
from collectors.nursery.limits import refuse_tighter_shell
from collectors.process.bounded import Supervisor
from quality.catalogue.tools import installed
from quality.contract.contract import Contract
from quality.contract.periods import period_end_instant
from quality.contract.sections.repositories import Repository
from quality.errors import MeasureError
from quality.evidence.bundle import Bundle
from quality.evidence.checks import Check, compared
from quality.evidence.content import standing
from quality.evidence.facts import Key, digest, key_of
from quality.evidence.recomputing import trees
from quality.measure.backlog import Backlog, needs
from quality.measure.chunks import work
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.model.facts import Facts
from quality.model.recipe import Recipe
from quality.store.database import Store, Wanted
from quality.store.known import known_facts
from quality.verdicts.history import read_snapshots


@dataclass(frozen=True, slots=True)
class Sample:
    """Which share of the contents is measured again, drawn by a seed."""

    share: Fraction
    seed: str

    def of(self, blobs: Collection[str]) -> frozenset[str]:
        """The contents that are drawn; at least one of any."""

        def drawn(blob: str) -> str:
            return hashlib.sha256(f"{self.seed} {blob}".encode()).hexdigest()

        return frozenset(sorted(blobs, key=drawn)[: ceil(self.share * len(blobs))])


@dataclass(frozen=True, slots=True)
class Again:
    """Measures again in ``folder``; ``store``: an empty one for what is found."""

    folder: Path
    store: Store
    engine: Engine
    watcher: Watcher
    sample: Sample

    def repository(self, bundle: Bundle, name: str, url: str) -> list[Check]:
        """What agrees and what differs of the code of one repository."""
        here: list[Check] = []
        own = [each for each in _repositories(bundle) if each[1].name == name]
        branch = own[0][1].branch
        try:
            with Mirror(self.folder, name, url) as mirror:
                self.watcher.say(f"{name}: reading the repository")
                mirror.sync(False, branch)
                mirror.keep(branch, {sha for *_, sha in own})
                held = [each for each in own if mirror.commits.has(each[2])]
                for *_, sha in own:
                    if not mirror.commits.has(sha):
                        here.append(Check("not seen", f"{name}: commit {sha} is not there", True))
                here += _by_dates(bundle, mirror, name, branch)
                for sha in dict.fromkeys(sha for *_, sha in held):
                    here += self._files(bundle, mirror, name, sha)
                here += self._contents(bundle, mirror, name, held)
        except MeasureError as error:
            here.append(Check("not seen", str(error), asked=True))
        return here

    def _files(self, bundle: Bundle, mirror: Mirror, name: str, sha: str) -> Iterator[Check]:
        """A commit's date, its tree and its files, all of them."""
        commit = mirror.commits.commit(sha)
        if commit is None:
            return
        files = mirror.files(sha)
        self.store.add_commit(commit, files)
        query = 'select path, blob, size, kind, language, unread from files where "commit" = ?'
        dated = "select committed_at from commits where sha = ?"
        ours, theirs = (
            Counter(store.connection.execute(query, [sha]).fetchall())
            for store in (self.store, bundle.store)
        )
        other = dict.fromkeys(row[0] for row in sorted((ours - theirs) + (theirs - ours), key=str))
        wrong = [f"{name}: {path} at {sha[:12]}: the repository has another entry"
                 for path in other]  # fmt: skip
        moments = [store.connection.execute(dated, [sha]).fetchall()
                   for store in (self.store, bundle.store)]  # fmt: skip
        if moments[0] != moments[1]:
            wrong.append(f"{name}: {sha[:12]} is dated {moments[0][0][0]} in the repository")
        tree = mirror.commits.tree(sha)
        if trees(bundle).get(sha, tree) != tree:
            wrong.append(f"{name}: the tree of {sha[:12]} is {tree} in the repository")
        yield from compared(f"{name}: commit {sha[:12]} and its {len(ours):,} files", wrong)

    def _contents(
        self, bundle: Bundle, mirror: Mirror, name: str,
        held: Sequence[tuple[Contract, Repository, str]],
    ) -> Iterator[Check]:  # fmt: skip
        """Each content, or those that are drawn, measured again by the analyzers that are here."""
        recipe, unable = _able(bundle.recipe)
        for why, parts in unable.items():
            text = f"{name}: what {', '.join(parts)} would find again: {why}"
            yield Check("not seen", text, asked=True)
        if not recipe.parts:
            return
        wanted = {
            each: size
            for contract, _, sha in held
            for each, size in needs(self.store, recipe, contract.files, [sha])
        }
        blobs = {each.blob for each in wanted}
        drawn = self.sample.of(blobs)
        chosen = [each for each in wanted if each.blob in drawn]
        lost = self._measure(mirror, recipe, held, drawn)
        for each in lost:
            yield Check("not seen", f"{name}: {each}", asked=True)
        said, now = (_by_key(store, chosen) for store in (bundle.store, self.store))
        paths = _paths(self.store, (sha for *_, sha in held))
        wrong, beyond = [], []
        for key in sorted(map(_key, chosen)):
            one, other = said.get(key), now.get(key)
            where = f"{name}: {paths.get(key[0], key[0])} ({key[0][:12]}) by {key[2]}"
            if other is None or (other.reason and other.cause == "ours" and one != other):
                beyond.append(f"{where}: {other.reason if other else 'was not measured here'}")
            elif one is None or digest(one) != digest(other):
                wrong.append(f"{where}: {_difference(one, other)}")
        for text in beyond:
            yield Check("not seen", text, asked=True)
        part = f"{len(drawn):,} of {len(blobs):,} contents"
        if len(drawn) < len(blobs):
            part += f" ({float(self.sample.share):.0%}, drawn by {self.sample.seed})"
            yield Check("not seen", f"{name}: the {len(blobs) - len(drawn):,} contents that were "
                                      f"not drawn")  # fmt: skip
        yield from compared(
            f"{name}: {part}, measured again by {len(recipe.parts)} analyzers", wrong
        )

    def _measure(
        self, mirror: Mirror, recipe: Recipe, held: Sequence[tuple[Contract, Repository, str]],
        drawn: Collection[str],
    ) -> list[str]:  # fmt: skip
        """Measure what is drawn into our store; what the machine prevented, in lines."""
        backlog = Backlog(self.store, recipe, self.engine.jobs)
        missing: dict[Key, int] = {}
        for contract, _, sha in held:
            commit = mirror.commits.commit(sha)
            more = backlog.missing(contract, [commit] if commit else [])
            missing |= {key: size for key, size in more.items() if key[0] in drawn}
        self.watcher.expect(len(missing), work(missing, missing, recipe))
        lost: list[str] = []
        with Supervisor() as processes:
            chunks = backlog.chunks(missing, mirror.read) if missing else iter(())
            for measured in self.engine(processes.measure, chunks):
                backlog.keep(measured.facts)
                lost += measured.lost
                keys = [key_of(each) for each in measured.facts]
                self.watcher.done(len(keys), work(missing, keys, recipe))
        return lost


def _by_dates(bundle: Bundle, mirror: Mirror, name: str, branch: str) -> Iterator[Check]:
    """Whether what stands for the judged period would stand by the dates of the branch too. What
    decides is when it was read, which no repository can tell."""
    period, request = bundle.request.period, bundle.request
    contract = request.of(period)
    if name not in {each.name for each in contract.repositories}:
        return
    (snapshots,) = read_snapshots(bundle.store, [request])
    stored = snapshots.of(period, name).commit
    end = period_end_instant(period, contract.timezone)
    line = mirror.first_parents(branch)
    dated = next((each.sha for each in line if each.committed_at < end), "none")
    if stored and stored.sha == dated:
        yield Check("agrees", f"{name}: {dated[:12]} is the last commit on {branch} that is "
                                f"dated before the end of {period.id}")  # fmt: skip
    else:
        stands = stored.sha if stored else "no commit"
        yield Check("given", f"{name}: that {stands} stands for {period.id}; by the dates on "
                               f"{branch} it would be {dated}")  # fmt: skip


def _able(recipe: Recipe) -> tuple[Recipe, dict[str, list[str]]]:
    """The analyzers of a recipe whose tools are here, and the others by why they cannot look."""
    refuse_tighter_shell(recipe.limits)
    unable: dict[str, list[str]] = {}
    python = ("python", dict(recipe.tools).get("python", ""))
    for part in recipe.parts:
        lacking = [
            f"{tool} {version} is needed, here is {here}"
            for tool, version in (python, *part.tools)
            if (here := installed(tool)) != version
        ]
        if lacking:
            unable.setdefault(lacking[0], []).append(part.name)
    others = {name for parts in unable.values() for name in parts}
    return replace(
        recipe, parts=tuple(each for each in recipe.parts if each.name not in others)
    ), unable


def _repositories(bundle: Bundle) -> list[tuple[Contract, Repository, str]]:
    """The repositories with each commit of theirs whose facts a bundle holds."""
    (snapshots,) = read_snapshots(bundle.store, [bundle.request])
    return [
        (bundle.request.of(period), repository, sha)
        for period, repository, _, sha in standing(snapshots)
    ]


def repositories(bundle: Bundle) -> list[str]:
    """The names of the repositories whose code is behind a bundle."""
    return list(dict.fromkeys(each.name for _, each, _ in _repositories(bundle)))


def _key(wanted: Wanted) -> Key:
    return wanted.blob, wanted.language, wanted.analyzer


def _by_key(store: Store, wanted: Sequence[Wanted]) -> dict[Key, Facts]:
    return {key_of(each): each for each in known_facts(store, wanted)}


def _paths(store: Store, commits: Iterator[str]) -> dict[str, str]:
    return {blob: path for sha in commits for path, blob, *_ in store.files(sha)}


def _difference(one: Facts | None, other: Facts) -> str:
    """How the bundle's facts are not those that were measured here."""
    if one is None:
        return "the bundle has no facts of it"
    if one.reason != other.reason:
        return f"{one.reason or 'measured'} in the bundle, {other.reason or 'measured'} here"
    left, right = set(one.rows), set(other.rows)
    return f"{len(left - right)} rows in the bundle alone, {len(right - left)} here alone"
