"""What a recipe still has to measure: the needs of commits, less what the store holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collectors.languages.source import oversize
from collectors.process.bounded import Chunk
from quality.contract.contract import Contract
from quality.contract.sections.repositories import FilePatterns
from quality.measure.chunks import FactKey, ReadBlobs, chunks
from quality.model.facts import Facts
from quality.model.recipe import Recipe
from quality.model.repository import Commit
from quality.store.counting import Classifier
from quality.store.database import Store, Wanted


@dataclass(frozen=True, slots=True, eq=False)
class Backlog:
    """One recipe's measurements that are still to be made, over one store; ``jobs`` of them at
    once."""

    store: Store
    recipe: Recipe
    jobs: int
    _begun: set[FactKey] = field(default_factory=set)

    def missing(self, contract: Contract, commits: Sequence[Commit]) -> dict[FactKey, int]:
        """What nobody measured yet of the commits, with its size in bytes; what is too large to
        read is settled here.

        What an engine still works on stands in no database yet: another repository with the same
        content must not have it measured, and so counted, twice.
        """
        missing: dict[FactKey, int] = {}
        refused = []
        shas = (each.sha for each in commits)
        wanted = dict(needs(self.store, self.recipe, contract.files, shas))
        for item in self.store.missing(wanted):
            key = (item.blob, item.language, item.analyzer)
            if reason := oversize(wanted[item], item.language, self.recipe.limits):
                refused.append(Facts(*key, reason, cause="ours"))
            elif key not in self._begun:
                missing[key] = wanted[item]
        if refused:
            self.keep(refused)
        self._begun.update(missing)
        return missing

    def chunks(self, missing: Mapping[FactKey, int], read: ReadBlobs) -> Iterator[Chunk]:
        """What is missing, cut for the engine; ``read`` yields the blobs' bytes."""
        return chunks(missing, self.recipe, self.jobs, read)

    def paths(self, commits: Sequence[Commit], blobs: Collection[str]) -> dict[str, str]:
        """A path of each of the blobs."""
        return {
            blob: path
            for commit in commits
            for path, blob, _, _ in self.store.files(commit.sha)
            if blob in blobs
        }

    def keep(self, facts: Sequence[Facts]) -> None:
        """Add facts to the store."""
        self.store.add_facts(facts, {part.name: part.digest for part in self.recipe.parts})


def needs(
    store: Store, recipe: Recipe, patterns: FilePatterns, commits: Iterable[str]
) -> Iterator[tuple[Wanted, int]]:
    """Every measurement that commits need under a contract's patterns, with the size of its blob
    in bytes."""
    classify = Classifier(patterns)
    for sha in commits:
        for path, blob, size, language in store.files(sha):
            kind = classify(path)
            for part in recipe.parts:
                if part.measures(language, kind):
                    yield Wanted(blob, language, part.name, part.digest), size
