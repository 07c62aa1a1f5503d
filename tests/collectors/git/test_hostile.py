"""What suppliers try: replaced objects, attributes, configuration, folders of somebody else."""

import os
import shutil
from pathlib import Path

import pytest

from collectors.git.mirror import Mirror
from tests.collectors.git.histories import history, refusal
from tests.repositories import Repository, run_git


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
    for name in (f"x; touch {mark}", f"$(touch {mark})", "SHELLOPTS", "UID", "a b"):
        monkeypatch.setenv(name, "braceexpand")
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
