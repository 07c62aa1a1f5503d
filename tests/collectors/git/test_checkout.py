"""Somebody's checkout, read without trusting it: real repositories, worktrees and clones."""

import os
import subprocess
from pathlib import Path

import pytest

from collectors.git.checkout import Checkout
from collectors.git.revisions import EMPTY_TREES, Revisions
from quality.errors import MeasureError
from tests.repositories import Repository, run_git

ZEROS = "0" * 40


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "billing.git")


def compare(folder: Path, base: str, head: str = "HEAD") -> Revisions:
    with Checkout(folder) as checkout:
        return checkout.compare(base, head)


def refusal(folder: Path, base: str, head: str = "HEAD") -> str:
    with pytest.raises(MeasureError) as caught:
        compare(folder, base, head)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def work_tree(repo: Repository, folder: Path) -> Path:
    run_git(repo.folder, "clone", "-q", repo.url, folder)
    return folder


def test_the_merge_base_counts_and_not_the_base(repo: Repository):
    root = repo.commit({"a.py": "a = 1\n"})
    repo.point(root, "topic")
    topic = repo.commit({"b.py": "b = 1\n"}, branch="topic")
    main = repo.commit({"a.py": "a = 2\n"})
    assert compare(repo.folder, "main", "topic") == Revisions(main, topic, root)
    assert compare(repo.folder, "topic", "topic").merge_base == topic
    assert compare(repo.folder, root, "topic").merge_base == root


def test_all_kinds_of_folders_are_read(repo: Repository, tmp_path: Path):
    first = repo.commit({"a.py": "a = 1\n", "src/b.py": "b = 1\n"})
    second = repo.commit({"a.py": "a = 2\n"})
    clone = work_tree(repo, tmp_path / "clone")
    run_git(clone, "worktree", "add", "-q", "--detach", tmp_path / "tree", first)
    outer = work_tree(repo, tmp_path / "outer")
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repo.url, "s")
    borrowing = tmp_path / "borrowing"
    run_git(clone, "clone", "-q", "--shared", clone, borrowing)
    for folder in (repo.folder, clone, clone / "src", outer / "s", borrowing):
        assert compare(folder, first) == Revisions(first, second, first), folder
    assert compare(tmp_path / "tree", second) == Revisions(
        second, first, first
    )  # HEAD of the worktree
    with Checkout(clone / "src") as checkout:
        assert checkout.top == clone
        assert [f.path for f in checkout.files(second)] == ["a.py", "src/b.py"]
        assert checkout.content("origin/main", "a.py", 100) == b"a = 2\n"
        with pytest.raises(MeasureError, match="is not a file"):
            checkout.content("HEAD", "c.py", 100)
        with pytest.raises(MeasureError, match="larger than 3 bytes"):
            checkout.content("HEAD", "a.py", 3)


def test_sha256_repositories_are_read(tmp_path: Path):
    folder = tmp_path / "wide"
    folder.mkdir()
    run_git(folder, "init", "-q", "--object-format=sha256")
    (folder / "a.py").write_text("a = 1\n")
    run_git(folder, "add", "a.py")
    run_git(folder, "commit", "-q", "-m", "one")
    with Checkout(folder) as checkout:
        revisions = checkout.compare("HEAD", "HEAD")
        (file,) = checkout.files(revisions.head)
        assert list(checkout.read([file.oid])) == [(file.oid, b"a = 1\n")]


def test_a_missing_base_says_what_to_do(repo: Repository, tmp_path: Path):
    for number in range(3):
        repo.commit({"a.py": f"a = {number}\n"})
    repo.commit({"z.py": "z = 1\n"}, branch="other", parents=())
    clone = work_tree(repo, tmp_path / "clone")
    assert "git fetch origin release" in refusal(clone, "origin/release")
    assert "did you mean origin/other?" in refusal(clone, "other")
    assert "target branch" in refusal(clone, ZEROS)
    assert "no common commit" in refusal(clone, "origin/other")
    assert "fetch-depth: 0" in refusal(clone, "1234" * 10)
    for odd in ("--all", "-h", "a\x1b[2Jb", "HEAD:a.py", "", "@{bad"):
        assert "\x1b" not in refusal(clone, odd)
    for odd in ("--all", "HEAD:a.py", "HEAD..other", "origin/main:", "a b", "$(id)", "@{bad"):
        assert refusal(clone, odd).endswith("give a branch, a tag or a commit")
    assert refusal(clone, "") == "--base is empty: give a revision, such as origin/main"
    with Checkout(clone) as checkout, pytest.raises(MeasureError, match="branch is deleted"):
        checkout.compare("HEAD", ZEROS)
    assert "lies in no git repository" in refusal(tmp_path, "HEAD")
    empty = Repository(tmp_path / "empty.git")
    assert "has no commit yet" in refusal(empty.folder, "HEAD")


def test_two_revisions_mean_the_same_as_long_as_a_change_is_judged(repo: Repository):
    root = repo.commit({"a.py": "a = 1\n"})
    with Checkout(repo.folder) as checkout:
        for _ in range(2):
            with pytest.raises(MeasureError, match="--base late"):
                checkout.compare("late", "main")
            run_git(repo.folder, "branch", "--force", "late", root)
        assert checkout.compare(root, "main").head == root


def test_a_shallow_clone_is_named_with_its_remedy(repo: Repository, tmp_path: Path):
    root = repo.commit({"a.py": "a = 1\n"})
    repo.point(root, "topic")
    repo.commit({"b.py": "b = 1\n"}, branch="topic")
    main = repo.commit({"a.py": "a = 2\n"})
    clone = tmp_path / "shallow"
    run_git(repo.folder, "clone", "-q", "--depth=1", "--no-single-branch", repo.url, clone)
    unknown, cut = refusal(clone, root), refusal(clone, "origin/topic")
    for said in (unknown, cut):
        assert "shallow" in said
        assert "git fetch --unshallow" in said
        assert "fetch-depth: 0" in said
    assert compare(clone, main) == Revisions(main, main, main, shallow=True)
    run_git(clone, "fetch", "-q", "--unshallow")
    assert compare(clone, "origin/topic").merge_base == root


def test_a_first_commit_is_compared_with_the_empty_tree(repo: Repository):
    first = repo.commit({"a.py": "a = 1\n"})
    for empty in EMPTY_TREES:
        assert compare(repo.folder, empty) == Revisions(empty, first, empty)
    with Checkout(repo.folder) as checkout:
        assert checkout.files(EMPTY_TREES[0]) == ()
    repo.commit({"a.py": "a = 2\n"})
    for older in ("HEAD~2", "HEAD^^", "HEAD~1~1", "main~7"):
        assert f"{EMPTY_TREES[0]} as --base judges all as new" in refusal(repo.folder, older)


def test_a_merge_queue_and_several_merge_bases(repo: Repository):
    root = repo.commit({"a.py": "a = 1\n"})
    repo.point(root, "topic")
    one = repo.commit({"a.py": "a = 2\n"}, at="2026-01-02T00:00:00Z")
    two = repo.commit({"b.py": "b = 1\n"}, branch="topic", at="2026-01-03T00:00:00Z")
    queued = repo.commit({"b.py": "b = 1\n"}, parents=(one, two), branch="queue")
    assert compare(repo.folder, one, queued) == Revisions(one, queued, one)
    left = repo.commit({}, parents=(one, two), branch="left")
    right = repo.commit({}, parents=(two, one), branch="right")
    revisions = compare(repo.folder, left, right)
    assert {revisions.merge_base, *revisions.others} == {one, two}


def test_what_an_object_does_not_hold_is_refused(repo: Repository, tmp_path: Path):
    repo.commit({"a.py": "a = 1\n"})
    wanted, other = repo.blob("if True: pass\n" * 9), repo.blob("x = 1\n")
    objects = repo.folder / "objects"
    loose = objects / wanted[:2] / wanted[2:]
    loose.chmod(0o644)
    loose.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    with Checkout(repo.folder) as checkout:
        with pytest.raises(MeasureError, match="holds something else"):
            list(checkout.read([wanted]))
        with pytest.raises(MeasureError, match="missing"):
            list(checkout.read(["12" * 20]))


def test_a_hostile_checkout_executes_nothing_and_hides_nothing(repo: Repository, tmp_path: Path):
    first = repo.commit({"a.py": "a = 1\n", ".gitattributes": "*.py diff=x filter=x -diff\n"})
    second = repo.commit({"a.py": "a = 2\n"})
    clone = work_tree(repo, tmp_path / "clone")
    canary = tmp_path / "canary"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    hooks = clone / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc"):
        (hooks / hook).symlink_to(script)
    keys = ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass",
            "core.gitProxy", "core.alternateRefsCommand", "diff.external", "diff.x.textconv",
            "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process",
            "credential.helper", "gpg.program", "remote.origin.uploadpack", "pager.rev-parse",
            "uploadpack.packObjectsHook", "alias.rev-parse", "interactive.diffFilter")  # fmt: skip
    for key in keys:
        run_git(clone, "config", key, str(script))
    run_git(clone, "config", "core.hooksPath", str(hooks))
    run_git(clone, "config", "remote.origin.promisor", "true")
    run_git(clone, "config", "remote.origin.url", f"ext::{script}")
    oids = [run_git(clone, "rev-parse", f"{each}:a.py") for each in (first, second)]
    run_git(clone, "replace", oids[1], oids[0])
    run_git(clone, "replace", second, first)
    (clone / ".git/info").mkdir(exist_ok=True)
    (clone / ".git/info/grafts").write_text(f"{second}\n")
    canary.unlink(missing_ok=True)  # the commands above ran the hooks
    before = _listing(clone)
    with Checkout(clone) as checkout:
        assert checkout.compare(first, "HEAD") == Revisions(first, second, first)
        (file,) = (f for f in checkout.files(second) if f.path == "a.py")
        assert dict(checkout.read([file.oid])) == {oids[1]: b"a = 2\n"}
        with pytest.raises(MeasureError):
            list(checkout.read(["12" * 20]))  # asks no promisor for it
        with pytest.raises(MeasureError):
            checkout.commit("12" * 20, "--base")
    assert not canary.exists()
    assert _listing(clone) == before


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    return sorted(
        (str(path), path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if not path.is_dir()
    )


def test_the_callers_environment_does_not_take_part(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first = repo.commit({"a.py": "a = 1\n"})
    clone = work_tree(repo, tmp_path / "clone")
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare=maybe'")
    assert compare(clone, "HEAD") == Revisions(first, first, first)


@pytest.mark.parametrize(
    "pointer", [b"gitdir: ../nowhere\n", b"no pointer", b"gitdir: \0", b"gitdir: \xff\n"]
)
def test_a_broken_pointer_is_one_line(tmp_path: Path, pointer: bytes):
    (tmp_path / ".git").write_bytes(pointer)
    assert refusal(tmp_path, "HEAD")


def test_a_broken_configuration_is_one_line(repo: Repository, tmp_path: Path):
    repo.commit({"a.py": "a = 1\n"})
    clone = work_tree(repo, tmp_path / "clone")
    (clone / ".git/config").write_text("[core\n\x1b[2J")
    assert "\x1b" not in refusal(clone, "HEAD")


def test_a_partial_clone_says_so_where_something_is_needed(repo: Repository, tmp_path: Path):
    first = repo.commit({"a.py": "a = 1\n"})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    command = ("git", "clone", "-q", "--no-checkout", "--filter=blob:none", repo.url, str(clone))
    subprocess.run(command, check=True, env=environment)
    with Checkout(clone) as checkout:
        (file,) = checkout.files(first)
        assert file.size == 0
        with pytest.raises(MeasureError, match="without --filter"):
            list(checkout.read([file.oid]))
