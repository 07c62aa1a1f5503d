"""Mirrors of real repositories: honest, broken, rewritten and hostile ones."""

import base64
import functools
import http.server
import itertools
import logging
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import collectors.git.command
import collectors.git.objects
from collectors.git.mirror import Mirror
from quality.errors import MeasureError
from quality.model.repository import Commit, TreeFile
from tests.examples import table
from tests.repositories import Executable, Link, Repository, Submodule, run_git


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "source")


@pytest.fixture
def mirrors(tmp_path: Path) -> Path:
    return tmp_path / "mirrors"


def history(
    mirrors: Path, url: str, branch: str = "main", *, offline: bool = False
) -> tuple[str, ...]:
    with Mirror(mirrors, "billing", url) as mirror:
        mirror.sync(offline, branch)
        return tuple(commit.sha for commit in mirror.first_parents(branch))


def kept(mirror: Mirror, branch: str) -> list[str]:
    """The tips of a branch that the mirror keeps, oldest first."""
    prefix = f"refs/kept/{branch}/"
    order = ("--sort=committerdate", "--format=%(refname)")
    refs = run_git(mirror.folder, f"--git-dir={mirror.folder}", "for-each-ref", *order, prefix)
    names = [ref.removeprefix(prefix) for ref in refs.split()]
    return [name for name in names if "/" not in name]


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(MeasureError) as caught:
        action()
    line = str(caught.value)
    assert line.isprintable()
    return line


# ---------------------------------------------------------------- history


def test_clone_then_fetch(repo: Repository, mirrors: Path) -> None:
    first = repo.commit({"a.py": "x = 1\n"}, at="2026-01-02T10:00:00+01:00")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert mirror.first_parents("main") == (Commit(first, datetime(2026, 1, 2, 9, tzinfo=UTC)),)
        second = repo.commit({"a.py": "x = 2\n"}, at="2026-01-03T10:00:00+00:00")
        mirror.sync(False, "main")
        assert [commit.sha for commit in mirror.first_parents("main")] == [second, first]
    assert history(mirrors, str(repo.folder)) == (second, first)
    assert history(mirrors, repo.url, offline=True) == (second, first)


def test_only_the_first_parent_line(repo: Repository, mirrors: Path) -> None:
    first = repo.commit({"a.py": "1"})
    side = repo.commit({"b.py": "2"}, branch="side", parents=(first,))
    own = repo.commit({"a.py": "3"})
    merge = repo.commit({"b.py": "2"}, parents=(own, side))
    assert history(mirrors, repo.url) == (merge, own, first)


def test_back_dated_commits_hide_nothing(repo: Repository, mirrors: Path) -> None:
    days = ("2026-01-01", "2026-03-01", "2020-01-01", "2026-03-02", "1971-01-01")
    shas = [repo.commit({"a.py": day}, at=f"{day}T00:00:00Z") for day in days]
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        line = mirror.first_parents("main")
    assert [commit.sha for commit in line] == shas[::-1]


def test_no_commits_no_branch(repo: Repository, mirrors: Path) -> None:
    assert refusal(lambda: history(mirrors, repo.url)) == (
        "billing: the repository has no commits yet"
    )
    for index in range(7):
        repo.commit({"a.py": "1"}, branch=f"topic/{index}")
    line = refusal(lambda: history(mirrors, repo.url, "mian"))
    assert line.startswith(f"billing: no branch 'mian' in {repo.url}: correct the contract (it has")
    assert line.count("topic/") == 5
    for odd in ("main\n", "topic/0^{tree}", "-x", "", "topic/*", "../heads/topic/0"):
        assert "no branch" in refusal(lambda odd=odd: history(mirrors, repo.url, odd))


# ---------------------------------------------------------------- rewritten history


def test_force_push_keeps_the_old_tips(repo: Repository, mirrors: Path) -> None:
    base = repo.commit({"a.py": "1"}, at="2026-01-01T00:00:00Z")
    old = repo.commit({"a.py": "2"}, at="2026-01-02T00:00:00Z")
    repo.commit({"a.py": "other"}, branch="main-2")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old]
        repo.point(base)
        new = repo.commit({"a.py": "3"}, at="2026-01-03T00:00:00Z")
        repo.git("reflog", "expire", "--expire=now", "--all")
        repo.git("gc", "--quiet", "--prune=now")
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old, new]
        assert [commit.sha for commit in mirror.first_parents("main")] == [new, base]
        assert [file.path for file in mirror.files(old)] == ["a.py"]
        other = repo.commit({"b.py": ""}, parents=(), at="2026-01-04T00:00:00Z")
        repo.point(other)
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old, new, other]


def test_kept_tips_of_a_branch_below_another_name(repo: Repository, mirrors: Path) -> None:
    one = repo.commit({"a.py": "1"}, branch="release")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "release")
        repo.delete("release")
        two = repo.commit({"a.py": "2"}, branch="release/1")
        mirror.sync(False, "release/1")
        assert kept(mirror, "release/1") == [two]
        assert kept(mirror, "release") == [one]


def test_deleted_branch(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "1"})
    history(mirrors, repo.url)
    repo.delete("main")
    assert "no branch 'main'" in refusal(lambda: history(mirrors, repo.url))
    with Mirror(mirrors, "billing", repo.url) as mirror:
        assert kept(mirror, "main") == [tip]


@pytest.mark.parametrize(
    ("name", "other", "end", "other_end"),
    [
        ("Billing", "billing", "Source", "source"),
        ("caf\u00e9", "cafe\u0301", "caf\u00e9", "cafe\u0301"),
    ],
)
def test_repositories_that_differ_by_case_or_normal_form_have_mirrors_of_their_own(
    name: str, other: str, end: str, other_end: str, tmp_path: Path
) -> None:
    """On every file system: what tells the folders apart is lower-case ASCII."""
    one = Mirror(tmp_path, name, f"https://git.example/{end}.git")
    two = Mirror(tmp_path, other, f"https://git.example/{other_end}.git")
    assert one.folder.name.lower() != two.folder.name.lower()
    assert one.folder.name.isascii()


# ---------------------------------------------------------------- trees and blobs


def test_files(repo: Repository, mirrors: Path) -> None:
    sha = repo.commit(
        {
            "src/a.py": "x = 1\n",
            "run.SH": Executable("true\n"),
            "Main.java": Executable("class Main {}\n"),
            "link.py": Link("src/a.py"),
            "library.py": Submodule("a" * 40),
            b"caf\xe9.py": "",
            "new\nline.c": "int x;\n",
            "back\\slash.py": "y\n",
        }
    )
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        files = mirror.files(sha)
    assert {(file.path, file.size, file.kind, file.language) for file in files} == {
        ("src/a.py", 6, "file", "python"),
        ("run.SH", 5, "file", None),
        ("Main.java", 14, "file", "java"),
        ("link.py", 8, "link", None),
        ("library.py", 0, "submodule", None),
        ("caf\\xe9.py", 0, "file", "python"),
        ("new\\x0aline.c", 7, "file", "cpp"),
        ("back\\x5cslash.py", 2, "file", "python"),
    }
    oids = {file.path: file.oid for file in files}
    assert oids["src/a.py"] == repo.blob("x = 1\n")
    assert oids["library.py"] == "a" * 40


def test_old_group_writable_mode_is_a_file(repo: Repository, mirrors: Path) -> None:
    blob = repo.blob("x = 1\n")
    sha = repo.commit_tree(repo.tree([("100664", "a.py", blob)]))
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert mirror.files(sha) == (TreeFile("a.py", blob, 6, "file", "python"),)


@pytest.mark.slow
def test_too_many_files(repo: Repository, mirrors: Path) -> None:
    """A few trees, each naming the next ten times over, are ten million files."""
    tree = repo.tree([("100644", "a.py", repo.blob("x"))])
    for _ in range(7):
        tree = repo.tree([("40000", str(digit), tree) for digit in range(10)])
    sha = repo.commit_tree(tree)
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert f"commit {sha} has more than 200000 files" in refusal(lambda: mirror.files(sha))


@pytest.mark.parametrize("path", ["x" * 1030, "d/" * 64 + "a.py", "x" * 300_000])
def test_paths_no_work_tree_holds(path: str, repo: Repository, mirrors: Path) -> None:
    sha = repo.commit({path: ""})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        line = refusal(lambda: mirror.files(sha))
    assert f"commit {sha} has a path that cannot be measured: {path[:80]}" in line


@pytest.mark.parametrize("name", ["..", ".", ".git", "a/b", ".GIT"])
def test_malformed_trees_are_refused_at_the_door(
    name: str, repo: Repository, mirrors: Path
) -> None:
    repo.commit_tree(repo.tree([("100644", name, repo.blob("x"))]))
    line = refusal(lambda: history(mirrors, repo.url))
    assert "git's check refuses the source's objects" in line
    assert not list(mirrors.glob("*.git"))


def test_old_honest_quirks_are_measured(repo: Repository, mirrors: Path) -> None:
    inner = repo.tree([("100644", "a.py", repo.blob("x"))])
    padded = repo.tree([("040000", "d", inner)])
    raw = f"tree {padded}\nauthor A <> 1 +051800\ncommitter <a@b> 1767225600 +0000\n\nold\n"
    sha = repo.git(
        *("hash-object", "-t", "commit", "-w", "--literally", "--stdin"), stdin=raw.encode()
    )
    repo.point(sha)
    assert history(mirrors, repo.url) == (sha,)


def test_read(repo: Repository, mirrors: Path) -> None:
    contents = [b"", b"\n", b"no end", b"\0\xff" * 40_000, *(b"%d\n" % n for n in range(200))]
    oids = [repo.blob(content) for content in contents]
    sha = repo.commit({f"{n}": content for n, content in enumerate(contents)})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert list(mirror.read(oids)) == list(zip(oids, contents, strict=True))
        assert list(mirror.read(iter(()))) == []
        assert len(list(itertools.islice(mirror.read(oids * 9), 5))) == 5
        missing = "1" * 40
        line = refusal(lambda: list(mirror.read([oids[0], missing])))
        assert f"object {missing} is missing or damaged: delete {mirror.folder}" in line
        assert "is a commit, not a file" in refusal(lambda: list(mirror.read([sha])))
        assert "not a full object id" in refusal(lambda: list(mirror.read([f"{oids[0]}\nx"])))
        assert "delete" in refusal(lambda: mirror.files(missing))


def test_reading_asks_only_a_window_ahead(repo: Repository, mirrors: Path) -> None:
    oid = repo.blob("x")
    repo.commit({"a.py": "x"})
    asked = []

    def oids() -> Iterator[str]:
        for number in range(10_000):
            asked.append(number)
            yield oid

    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        blobs = mirror.read(oids())
        next(blobs)
        assert len(asked) == collectors.git.objects.WINDOW
        assert sum(1 for _ in blobs) == 9_999


# ---------------------------------------------------------------- what suppliers try


def test_replaced_objects_are_not_obeyed(repo: Repository, mirrors: Path) -> None:
    honest, better = repo.blob("honest"), repo.blob("better")
    repo.commit({"a.py": "honest"})
    repo.git("update-ref", f"refs/replace/{honest}", better)
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        run_git(mirror.folder, "fetch", "--quiet", repo.folder, "refs/replace/*:refs/replace/*")
        assert list(mirror.read([honest])) == [(honest, b"honest")]


def test_attributes_and_mailmap_hide_nothing(repo: Repository, mirrors: Path) -> None:
    attributes = "*.py export-ignore -diff filter=lfs ident eol=crlf working-tree-encoding=UTF-16\n"
    sha = repo.commit({"a.py": "# $Id$\n", ".gitattributes": attributes, ".mailmap": "B <b> <a>"})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        files = {file.path: file.oid for file in mirror.files(sha)}
        assert set(files) == {"a.py", ".gitattributes", ".mailmap"}
        assert list(mirror.read([files["a.py"]])) == [(files["a.py"], b"# $Id$\n")]


def test_a_source_folders_configuration_runs_nothing(
    repo: Repository, mirrors: Path, tmp_path: Path
) -> None:
    tip = repo.commit({"a.py": "x", ".gitattributes": "*.py filter=evil"})
    mark = tmp_path / "executed"
    command = f"touch {mark}"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("reference-transaction", "post-checkout", "pre-auto-gc"):
        (hooks / hook).write_text(f"#!/bin/sh\n{command}\n")
        (hooks / hook).chmod(0o755)
    shutil.copytree(hooks, repo.folder / "hooks", dirs_exist_ok=True)
    (repo.folder / "config").write_text(
        f"""[core]
        repositoryformatversion = 1
        bare = true
        fsmonitor = "{command}"
        sshCommand = "{command}"
        alternateRefsCommand = "{command}"
        hooksPath = {hooks}
        [uploadpack]
        packObjectsHook = "{command};"
        [filter "evil"]
        smudge = "{command}"
        [extensions]
        partialClone = origin
        [remote "origin"]
        url = elsewhere
        promisor = true
        uploadpack = "{command}"
        """
    )
    assert history(mirrors, repo.url) == (tip,)
    assert history(mirrors, str(repo.folder)) == (tip,)
    assert not mark.exists()
    oid = repo.blob("only here")
    repo.commit({"b.py": "only here"})
    (repo.folder / "objects" / oid[:2] / oid[2:]).unlink()  # a reason to fetch it lazily
    mark.unlink(missing_ok=True)  # our own commit has run the hooks
    assert "cannot be read any more" in refusal(lambda: history(mirrors, repo.url))
    assert not mark.exists()


def test_the_users_configuration_and_environment_are_not_obeyed(
    repo: Repository, mirrors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = repo.commit({"a.py": "x"})
    mark, home, template = tmp_path / "executed", tmp_path / "home", tmp_path / "template/hooks"
    template.mkdir(parents=True)
    (template / "reference-transaction").write_text(f"#!/bin/sh\ntouch {mark}\n")
    (template / "reference-transaction").chmod(0o755)
    home.mkdir()
    (home / ".gitconfig").write_text(
        f"""[init]
        templateDir = {template.parent}
        [core]
        hooksPath = {template}
        [url "https://127.0.0.1:1/"]
        insteadOf = file://
        """
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.hooksPath={template}'")
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template.parent))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_TRACE", str(mark))
    monkeypatch.setenv("GIT_SHALLOW_FILE", str(tmp_path / "nowhere"))
    assert history(mirrors, repo.url) == (tip,)
    assert not mark.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_source_that_belongs_to_somebody_else(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "x"})
    for path in (repo.folder, *repo.folder.rglob("*")):
        os.chown(path, 12345, 12345)
    assert history(mirrors, repo.url) == (tip,)
    assert history(mirrors, str(repo.folder)) == (tip,)


def test_a_work_tree_is_read_by_its_commits(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "x"})
    work = repo.folder.parent / "a work tree"
    run_git(repo.folder, "clone", "--quiet", repo.folder, work)
    (work / "b.py").write_text("not committed")
    assert history(mirrors, str(work)) == (tip,)
    with Mirror(mirrors, "billing", str(work)) as mirror:
        assert [file.path for file in mirror.files(tip)] == ["a.py"]
    shutil.rmtree(work)
    assert "was read before and is gone" in refusal(lambda: history(mirrors, str(work)))


# ---------------------------------------------------------------- shallow, broken, killed


def test_shallow_sources_are_refused(repo: Repository, mirrors: Path, tmp_path: Path) -> None:
    first = repo.commit({"a.py": "1"})
    whole = Repository(tmp_path / "whole")
    shutil.copytree(repo.folder, whole.folder, dirs_exist_ok=True)
    for number in range(2, 5):
        whole.commit({"a.py": str(number)})
    shallow = whole.shallow(tmp_path / "shallow", depth=2)
    for url in (shallow.url, str(shallow.folder)):
        assert "run `git fetch --unshallow` there" in refusal(lambda u=url: history(mirrors, u))

    assert history(mirrors, repo.url) == (first,)
    shutil.rmtree(repo.folder)
    shutil.copytree(shallow.folder, repo.folder)
    line = refusal(lambda: history(mirrors, repo.url))
    assert line.startswith("billing: was read before and cannot be read any more: ")
    assert "run `git fetch --unshallow` there" in line
    with Mirror(mirrors, "billing", repo.url) as mirror:
        assert kept(mirror, "main") == [first]


def test_unreachable_source_leaves_the_mirror(repo: Repository, mirrors: Path) -> None:
    line = refusal(lambda: history(mirrors, repo.url, offline=True))
    assert line == "billing: has no mirror yet: measure once without --offline"
    tip = repo.commit({"a.py": "1"})
    history(mirrors, repo.url)
    repo.folder.rename(repo.folder.with_name("away"))
    line = refusal(lambda: history(mirrors, repo.url))
    assert line.startswith("billing: was read before and is gone: ")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(True, "main")
        assert kept(mirror, "main") == [tip]
        assert [file.path for file in mirror.files(tip)] == ["a.py"]


def test_a_damaged_source(repo: Repository, mirrors: Path) -> None:
    repo.commit({"a.py": "1"})
    oid = repo.blob("1")
    (repo.folder / "objects" / oid[:2] / oid[2:]).unlink()
    line = refusal(lambda: history(mirrors, repo.url))
    assert f"unable to read {oid}: the source is damaged: run `git fsck` there" in line


def test_a_pack_larger_than_the_limit(
    repo: Repository, mirrors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collectors.git.command, "FILE_BYTES", 100_000)
    repo.commit({"a.bin": os.urandom(200_000)})
    line = refusal(lambda: history(mirrors, repo.url))
    assert line.endswith("free disk space, or mirror a smaller repository (4 GiB a pack)")


@pytest.mark.parametrize("part", table(["objects", "HEAD", "packed-refs"], {0}))
def test_a_broken_mirror_heals(part: str, repo: Repository, mirrors: Path) -> None:
    base = repo.commit({f"{number}.py": str(number) * 500 for number in range(150)})
    old = repo.commit({"a.py": "1"})
    history(mirrors, repo.url)
    repo.point(base)
    tip = repo.commit({"a.py": "2"})
    history(mirrors, repo.url)
    with Mirror(mirrors, "billing", repo.url) as mirror:
        assert set(kept(mirror, "main")) == {old, tip}
        folder = mirror.folder
    if part == "objects":
        for pack in (folder / "objects").rglob("*.pack"):
            pack.chmod(0o600)
            pack.write_bytes(pack.read_bytes()[:-100])
    else:
        (folder / part).write_bytes(b"\0" * 10)
    assert "measure without --offline" in refusal(lambda: history(mirrors, repo.url, offline=True))
    assert history(mirrors, repo.url) == (tip, base)
    assert sorted(path.suffix for path in mirrors.iterdir()) == [".git", ".lock"]


def test_leftovers_of_a_killed_fetch_do_not_matter(repo: Repository, mirrors: Path) -> None:
    repo.commit({"a.py": "1"})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        leftovers = [
            mirror.folder / name
            for name in ("packed-refs.lock", "refs/heads/main.lock", "objects/pack/tmp_pack_1")
        ]
        for leftover in leftovers:
            leftover.touch()
        incoming = mirror.folder / "objects" / "tmp_objdir-incoming-1"
        incoming.mkdir()
    tip = repo.commit({"a.py": "2"})
    assert history(mirrors, repo.url)[0] == tip
    assert not any(leftover.exists() for leftover in (*leftovers, incoming))


SYNC = """
import sys
from pathlib import Path
from collectors.git.mirror import Mirror
with Mirror(Path(sys.argv[1]), "billing", sys.argv[2]) as mirror:
    mirror.sync(False, "main")
    print("synchronised", flush=True)
    sys.stdin.read()
"""


def synchronise(mirrors: Path, url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SYNC, mirrors, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def processes(word: str) -> list[bytes]:
    """Command lines of the running processes that name ``word``, but for this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if word.encode() in line:
                found.append(line)
    return found


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ssh that writes its arguments down and runs the command here; it hangs, as long as its
    standard input is open, while the file ``hang`` exists, or with ``hang-in-clone`` once a clone
    has begun."""
    program = tmp_path / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(
        f"""#!/bin/sh
printf '%s\\n' "$HOME" "$@" > {tmp_path}/arguments
[ -e {tmp_path}/hang ] && exec cat > /dev/null
[ -e {tmp_path}/hang-in-clone ] && ls -d {tmp_path}/mirrors/*.partial >&2 && exec cat > /dev/null
for command; do :; done
exec sh -c "$command"
"""
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_ssh_asks_nothing_and_has_the_users_home(
    ssh: Path, repo: Repository, mirrors: Path
) -> None:
    tip = repo.commit({"a.py": "1"})
    assert history(mirrors, f"git@host.example:{repo.folder}") == (tip,)
    home, *arguments = (ssh / "arguments").read_text().splitlines()
    assert home == str(ssh)
    assert "-oBatchMode=yes" in arguments
    assert arguments[-2:] == ["git@host.example", f"git-upload-pack '{repo.folder}'"]
    assert history(mirrors, f"ssh://host.example:22{repo.folder}") == (tip,)


def test_kill_in_mid_clone_leaves_no_half_mirror_and_no_process(
    ssh: Path, repo: Repository, mirrors: Path
) -> None:
    tip = repo.commit({"a.py": "1"})
    url = f"ssh://host.example{repo.folder}"
    (ssh / "hang-in-clone").touch()
    with synchronise(mirrors, url) as process:
        until(lambda: list(mirrors.glob("*.partial")))
        os.kill(process.pid, signal.SIGKILL)
    until(lambda: not processes(str(ssh)))
    assert not list(mirrors.glob("*.git"))
    (ssh / "hang-in-clone").unlink()
    assert history(mirrors, url) == (tip,)
    assert not list(mirrors.glob("*.partial"))


def test_time_is_limited(
    ssh: Path, repo: Repository, mirrors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ssh / "hang").touch()
    monkeypatch.setattr(collectors.git.command, "TIMEOUT", 0.5)
    line = refusal(lambda: history(mirrors, f"ssh://host.example{repo.folder}"))
    assert "no end after 0.5 s: it took too long" in line
    deadline = time.monotonic() + 20  # who was killed may still wait for its turn to end
    while processes(str(ssh)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes(str(ssh))


def test_one_process_at_a_time(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "1"})
    with synchronise(mirrors, repo.url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"synchronised\n"
        line = refusal(lambda: history(mirrors, repo.url))
        assert line.startswith("billing: another process uses its mirror")
        process.kill()
    assert history(mirrors, repo.url) == (tip,)


# ---------------------------------------------------------------- tokens


class Guarded(http.server.SimpleHTTPRequestHandler):
    """Serves a folder to those who send the right token."""

    wanted = "Basic " + base64.b64encode(b"me:SECRET").decode()

    def do_GET(self) -> None:
        if self.headers.get("Authorization") == self.wanted:
            super().do_GET()
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def https(tmp_path: Path, repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The repository behind https and a token; the server's name and port."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the server's certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("GIT_SSL_CAINFO", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = functools.partial(Guarded, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"localhost:{server.server_port}"
        server.shutdown()


def test_a_token_opens_the_door_and_leaves_no_trace(
    https: str,
    tmp_path: Path,
    repo: Repository,
    mirrors: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tip = repo.commit({"a.py": "1"})
    repo.git("update-server-info")
    arguments = tmp_path / "bin" / "git"
    arguments.parent.mkdir()
    arguments.write_text(
        f"""#!/bin/sh
printf '%s\\n' "$@" >> {tmp_path}/argv
exec {shutil.which("git")} "$@"
"""
    )
    arguments.chmod(0o755)
    monkeypatch.setenv("PATH", f"{arguments.parent}:{os.environ['PATH']}")
    caplog.set_level(logging.DEBUG)
    secrets = (b"SECRET", base64.b64encode(b"me:SECRET"), b"WRONG")

    line = refusal(lambda: history(mirrors, f"https://{https}/source"))
    assert line.endswith("set WORKMANSHIP_TOKEN_LOCALHOST to a token that may read it")
    wrong = refusal(lambda: history(mirrors, f"https://me:WRONG@{https}/source"))
    assert "WRONG" not in wrong
    assert history(mirrors, f"https://me:SECRET@{https}/source") == (tip,)
    monkeypatch.setenv("WORKMANSHIP_TOKEN_LOCALHOST", "me:SECRET")
    assert history(mirrors, f"https://{https}/source") == (tip,)

    written = [path for path in mirrors.rglob("*") if path.is_file()]
    assert len([path for path in mirrors.iterdir() if path.suffix == ".git"]) == 1
    for path in (*written, tmp_path / "argv"):
        assert not any(secret in path.read_bytes() for secret in secrets), path
    assert not any(secret.decode() in caplog.text for secret in secrets)
