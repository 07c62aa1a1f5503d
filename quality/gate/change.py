"""What a merge changes: each production and test file of the head beside its base version.

A base version is the file at the same path, or the one it was renamed from: a file that is gone
in the head and has the same content, or at least half of its lines. Production code follows
renames from production code only: what comes out of a test or vendored folder was never judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from quality.model.repository import TreeFile

SIMILAR = 0.5  # of the larger version's lines, as git's own default
COMMON = 50  # a line that so many gone files share says nothing of where a file came from
CLOSEST = 5  # gone files compared exactly with an added one
SHOWN = 5  # paths named in a note

CI_FILES = GitIgnoreSpec.from_lines(
    ("/.github/workflows/", "/.github/actions/", ".gitlab-ci.yml", "/.gitlab/ci/", "Jenkinsfile",
     "*.gitlab-ci.yml", "*.gitlab-ci.yaml", "/.gitea/workflows/", "/.forgejo/workflows/",
     "azure-pipelines.yml", "/.circleci/", ".pre-commit-config.yaml", "bitbucket-pipelines.yml",
     ".drone.yml", ".travis.yml", "/.woodpecker/", ".woodpecker.yml", "/.buildkite/", "/.tekton/",
     "appveyor.yml", ".appveyor.yml", "buildspec.yml", "cloudbuild.yaml", "cloudbuild.yml")
)  # fmt: skip

# What the customer's side of the agreement is kept in.
AGREED = GitIgnoreSpec.from_lines(
    ("*.contract.yaml", "*.contract.yml", "*.events.yaml", "*.events.yml")
)

Reader = Callable[[Iterable[str]], Iterator[tuple[str, bytes | None]]]
"""Blobs by their ids; None for one that cannot be read."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file whose content the merge changes; ``base`` None: it is new."""

    head: TreeFile
    base: TreeFile | None


@dataclass(frozen=True, slots=True)
class Change:
    """A merge's files. ``gone``: production files of the base without a successor in the head's
    production files; ``sources``: all production files of the head; ``touched``: every path that
    differs; ``unread``: what of them no analyzer reads although it may be code, in the base and in
    the head; ``files``: how many production and test files are touched; ``notes``: what a reviewer
    must know."""

    production: tuple[FileChange, ...]
    tests: tuple[FileChange, ...]
    gone: tuple[TreeFile, ...]
    sources: tuple[TreeFile, ...]
    touched: tuple[str, ...]
    unread: tuple[tuple[TreeFile, ...], tuple[TreeFile, ...]]
    files: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """One side in full: its files by path, and of those that can be measured the class by the
    contract's patterns; ``unseen``: production files that can hold logic and no analyzer reads,
    and what they are. ``name``: base or head."""

    name: str
    commit: str
    files: Mapping[str, TreeFile]
    classes: Mapping[str, str]
    unseen: Mapping[str, str]

    def judged(self, path: str) -> bool:
        """Whether production code stands there."""
        return self.classes.get(path) == "production"


def tree(name: str, commit: str, files: Sequence[TreeFile], classify: Callable[[str], str]) -> Tree:
    """A commit's tree; ``classify`` gives a path's class by the contract."""
    code = [file.path for file in files if file.kind == "file" and file.language]
    classes = {path: classify(path) for path in code}
    dark = {file.path: file.unread or file.kind for file in files if file.unread or _away(file)}
    unseen = {path: what for path, what in dark.items() if classify(path) == "production"}
    return Tree(name, commit, {file.path: file for file in files}, classes, unseen)


def _away(file: TreeFile) -> bool:
    return file.kind != "file"


def find_change(base: Tree, head: Tree, read: Reader, largest: int) -> Change:
    """Compare two trees; ``read`` gives the blobs that may have been renamed (none over
    ``largest`` bytes is asked for)."""
    paths = base.files.keys() | head.files.keys()
    touched = sorted(p for p in paths if _content(base.files.get(p)) != _content(head.files.get(p)))
    origins = _origins(base, head, touched, read, largest)
    followed = {origin.path for path, origin in origins.items() if head.judged(path)}
    left = [path for path in touched if base.judged(path) and not head.judged(path)]
    classes = [{base.classes.get(path), head.classes.get(path)} for path in touched]
    return Change(
        production=_changes(head, touched, origins, "production"),
        tests=_changes(head, touched, origins, "test"),
        gone=tuple(base.files[path] for path in left if path not in followed),
        sources=tuple(file for path, file in head.files.items() if head.judged(path)),
        touched=tuple(touched),
        unread=(_unread(base, touched), _unread(head, touched)),
        files=sum(bool({"production", "test"} & both) for both in classes),
        notes=tuple(_notes(base, head, touched, origins)),
    )


def _unread(tree: Tree, touched: Sequence[str]) -> tuple[TreeFile, ...]:
    files = (tree.files[path] for path in touched if path in tree.files)
    return tuple(file for file in files if file.unread or file.kind != "file")


def _changes(
    head: Tree, touched: Sequence[str], origins: Mapping[str, TreeFile], kind: str
) -> tuple[FileChange, ...]:
    """The changed files of a class; one that was only renamed has not changed."""
    changes = (
        FileChange(head.files[path], origins.get(path))
        for path in touched
        if head.classes.get(path) == kind
    )
    return tuple(c for c in changes if c.base is None or _content(c.base) != _content(c.head))


def _content(file: TreeFile | None) -> tuple[str, ...]:
    return () if file is None else (file.oid, file.kind, file.language or "")


# ---------------------------------------------------------------- renames


def _origins(
    base: Tree, head: Tree, touched: Sequence[str], read: Reader, largest: int
) -> dict[str, TreeFile]:
    """The base version of each touched path, where it has one."""
    origins, added, gone = dict[str, TreeFile](), list[TreeFile](), list[TreeFile]()
    for path in touched:
        before, after = base.files.get(path), head.files.get(path)
        was, now = base.classes.get(path), head.classes.get(path)
        if before and was and now:
            origins[path] = before
        elif after and after.kind == "file" and after.size <= largest:
            added.append(after)
        if before and was and not now and before.size <= largest:
            gone.append(before)
    found = _exact(base, head, added, gone)
    taken = {origin.path for origin in found.values()}
    left = [file for file in added if file.path not in found]
    found |= _similar(base, head, left, [file for file in gone if file.path not in taken], read)
    return origins | found


def _may_follow(base: Tree, head: Tree, added: TreeFile, origin: TreeFile) -> bool:
    return not head.judged(added.path) or base.judged(origin.path)


def _exact(
    base: Tree, head: Tree, added: Sequence[TreeFile], gone: Sequence[TreeFile]
) -> dict[str, TreeFile]:
    by_content: dict[str, list[TreeFile]] = {}
    for file in gone:
        by_content.setdefault(file.oid, []).append(file)
    found = {}
    for file in added:
        twins = [
            each for each in by_content.get(file.oid, ()) if _may_follow(base, head, file, each)
        ]
        if twins:
            found[file.path] = min(twins, key=lambda old: (not _same_name(old, file), old.path))
            by_content[file.oid].remove(found[file.path])
    return found


def _similar(
    base: Tree, head: Tree, added: Sequence[TreeFile], gone: Sequence[TreeFile], read: Reader
) -> dict[str, TreeFile]:
    """Pairs of at least SIMILAR lines, the most similar first; each file is in one pair."""
    if not added or not gone:
        return {}
    wanted = {file.oid for file in (*added, *gone)}
    bodies = {oid: _lines(content or b"") for oid, content in read(wanted)}
    holders: dict[bytes, list[int]] = {}
    for number, file in enumerate(gone):
        for line in bodies[file.oid]:
            holders.setdefault(line, []).append(number)
    pairs = []
    for file in added:
        shared: Counter[int] = Counter()
        for line in bodies[file.oid]:
            if len(numbers := holders.get(line, ())) <= COMMON:
                shared.update(numbers)
        for number, _ in shared.most_common(CLOSEST):
            origin = gone[number]
            share = _share(bodies[file.oid], bodies[origin.oid])
            if share >= SIMILAR and _may_follow(base, head, file, origin):
                pairs.append((-share, not _same_name(file, origin), file.path, number))
    found: dict[str, TreeFile] = {}
    taken = set[int]()
    for _, _, path, number in sorted(pairs):
        if path not in found and number not in taken:
            found[path] = gone[number]
            taken.add(number)
    return found


def _lines(content: bytes) -> Counter[bytes]:
    return Counter(line for raw in content.split(b"\n") if (line := raw.strip()))


def _share(one: Counter[bytes], other: Counter[bytes]) -> float:
    return (one & other).total() / max(one.total(), other.total(), 1)


def _same_name(one: TreeFile, other: TreeFile) -> bool:
    return one.path.rpartition("/")[2] == other.path.rpartition("/")[2]


# ---------------------------------------------------------------- notes


def _notes(
    base: Tree, head: Tree, touched: Sequence[str], origins: Mapping[str, TreeFile]
) -> Iterator[str]:
    kinds = {path: file.kind for path in touched if (file := head.files.get(path))}
    out = [
        f"{origin.path} to {path}"
        for path, origin in origins.items()
        if origin.path != path and base.judged(origin.path) and not head.judged(path)
    ]
    out += [
        f"{path} as {kind}" for path, kind in kinds.items() if kind != "file" and base.judged(path)
    ]
    notes = {
        "the merge changes the CI definition": [p for p in touched if CI_FILES.match_file(p)],
        "the merge changes contracts, amendments or ledgers": [
            path for path in touched if AGREED.match_file(path)
        ],
        "the merge changes who must approve changes": [
            path for path in touched if path.rpartition("/")[2] == "CODEOWNERS"
        ],
        "moved out of the production code, so not judged": sorted(out),
        "points a submodule to other code, which is not judged": [
            path for path, kind in kinds.items() if kind == "submodule"
        ],
        "new or changed as generated or vendored code, so not judged": [
            path for path in touched if head.classes.get(path) in ("generated", "vendored")
        ],
        "new or changed code that no analyzer reads, so not judged": [
            f"{path} ({head.unseen[path]})"
            for path in touched
            if path in head.unseen and kinds[path] != "submodule" and not base.judged(path)
        ],
    }
    yield from (f"{note}: {named(paths)}" for note, paths in notes.items() if paths)


def named(paths: Sequence[str]) -> str:
    """The first few of ``paths`` and how many more there are."""
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(paths[:SHOWN]) + more
