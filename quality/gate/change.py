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

Reader = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file whose content the merge changes; ``base`` None: it is new."""

    head: TreeFile
    base: TreeFile | None


@dataclass(frozen=True, slots=True)
class Change:
    """A merge's files. ``gone``: production files of the base without a successor in the head's
    production files; ``sources``: all production files of the head; ``files``: how many production
    and test files are touched; ``notes``: what a reviewer must know."""

    production: tuple[FileChange, ...]
    tests: tuple[FileChange, ...]
    gone: tuple[TreeFile, ...]
    sources: tuple[TreeFile, ...]
    files: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both trees by path, and the class of a path that can be measured ("" for all others)."""

    base: Mapping[str, TreeFile]
    head: Mapping[str, TreeFile]
    classify: Callable[[str], str]

    def kind(self, file: TreeFile | None) -> str:
        if file is None or file.kind != "file" or file.language is None:
            return ""
        return self.classify(file.path)

    def touched(self) -> list[str]:
        """Paths that stand for something else in the head, or for nothing any more."""
        paths = self.base.keys() | self.head.keys()
        return sorted(p for p in paths if _content(self.base.get(p)) != _content(self.head.get(p)))


def find_change(
    base: Sequence[TreeFile],
    head: Sequence[TreeFile],
    classify: Callable[[str], str],
    read: Reader,
    largest: int,
) -> Change:
    """Compare two trees; ``classify`` gives a path's class by the contract, ``read`` the blobs that
    may have been renamed (none over ``largest`` bytes is asked for)."""
    sides = _Sides({f.path: f for f in base}, {f.path: f for f in head}, classify)
    touched = sides.touched()
    origins = _origins(sides, touched, read, largest)
    production = _changes(sides, touched, origins, "production")
    tests = _changes(sides, touched, origins, "test")
    followed = {origin.path for path, origin in origins.items() if _judged(sides, path)}
    gone = tuple(
        sides.base[path]
        for path in touched
        if sides.kind(sides.base.get(path)) == "production"
        and not _judged(sides, path)
        and path not in followed
    )
    classes = [(sides.kind(sides.base.get(p)), sides.kind(sides.head.get(p))) for p in touched]
    return Change(
        production=production,
        tests=tests,
        gone=gone,
        sources=tuple(file for file in head if sides.kind(file) == "production"),
        files=sum(not {"production", "test"}.isdisjoint(pair) for pair in classes),
        notes=tuple(_notes(sides, touched, origins)),
    )


def _changes(
    sides: _Sides, touched: Sequence[str], origins: Mapping[str, TreeFile], kind: str
) -> tuple[FileChange, ...]:
    """The changed files of a class; one that was only renamed has not changed."""
    changes = (
        FileChange(sides.head[path], origins.get(path))
        for path in touched
        if sides.kind(sides.head.get(path)) == kind
    )
    return tuple(c for c in changes if c.base is None or _content(c.base) != _content(c.head))


def _judged(sides: _Sides, path: str) -> bool:
    return sides.kind(sides.head.get(path)) == "production"


def _content(file: TreeFile | None) -> tuple[str, ...]:
    return () if file is None else (file.oid, file.kind, file.language or "")


# ---------------------------------------------------------------- renames


def _origins(
    sides: _Sides, touched: Sequence[str], read: Reader, largest: int
) -> dict[str, TreeFile]:
    """The base version of each touched path, where it has one."""
    origins, added, gone = dict[str, TreeFile](), list[TreeFile](), list[TreeFile]()
    for path in touched:
        before, after = sides.base.get(path), sides.head.get(path)
        was, now = sides.kind(before), sides.kind(after)
        if before and after and was and now:
            origins[path] = before
        elif after and _follows(after, largest):
            added.append(after)
        if before and was and not now and before.size <= largest:
            gone.append(before)
    found = _exact(sides, added, gone)
    taken = {origin.path for origin in found.values()}
    left = [file for file in added if file.path not in found]
    found |= _similar(sides, left, [file for file in gone if file.path not in taken], read)
    return origins | found


def _follows(file: TreeFile, largest: int) -> bool:
    return file.kind == "file" and file.size <= largest


def _may_follow(sides: _Sides, added: TreeFile, origin: TreeFile) -> bool:
    return sides.kind(added) != "production" or sides.kind(origin) == "production"


def _exact(
    sides: _Sides, added: Sequence[TreeFile], gone: Sequence[TreeFile]
) -> dict[str, TreeFile]:
    by_content: dict[str, list[TreeFile]] = {}
    for file in gone:
        by_content.setdefault(file.oid, []).append(file)
    found = {}
    for file in added:
        twins = [each for each in by_content.get(file.oid, ()) if _may_follow(sides, file, each)]
        if twins:
            found[file.path] = min(twins, key=lambda each: (not _same_name(each, file), each.path))
            by_content[file.oid].remove(found[file.path])
    return found


def _similar(
    sides: _Sides, added: Sequence[TreeFile], gone: Sequence[TreeFile], read: Reader
) -> dict[str, TreeFile]:
    """Pairs of at least SIMILAR lines, the most similar first; each file is in one pair."""
    if not added or not gone:
        return {}
    bodies = {oid: _lines(content) for oid, content in read({f.oid for f in (*added, *gone)})}
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
            if share >= SIMILAR and _may_follow(sides, file, origin):
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


def _notes(sides: _Sides, touched: Sequence[str], origins: Mapping[str, TreeFile]) -> Iterator[str]:
    ci = [path for path in touched if CI_FILES.match_file(path)]
    if ci:
        yield f"the merge changes the CI definition: {named(ci)}"
    owners = [path for path in touched if path.rpartition("/")[2] == "CODEOWNERS"]
    if owners:
        yield f"the merge changes who must approve changes: {named(owners)}"
    left = [
        f"{origin.path} to {path}"
        for path, origin in origins.items()
        if origin.path != path and sides.kind(origin) == "production" and not _judged(sides, path)
    ]
    left += [f"{p} as {sides.head[p].kind}" for p in touched if _replaced(sides, p)]
    if left:
        yield f"moved out of the production code, so not judged: {named(sorted(left))}"
    modules = [p for p in touched if (f := sides.head.get(p)) and f.kind == "submodule"]
    if modules:
        yield f"points a submodule to other code, which is not judged: {named(modules)}"
    outside = [p for p in touched if sides.kind(sides.head.get(p)) in ("generated", "vendored")]
    if outside:
        yield f"new or changed as generated or vendored code, so not judged: {named(outside)}"


def _replaced(sides: _Sides, path: str) -> bool:
    """Whether a production file became a link or a submodule."""
    after = sides.head.get(path)
    was = sides.kind(sides.base.get(path))
    return was == "production" and after is not None and after.kind != "file"


def named(paths: Sequence[str]) -> str:
    """The first few of ``paths`` and how many more there are."""
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(paths[:SHOWN]) + more
