"""Sources that are shallow, broken or gone, and synchronisations that are killed or wait."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import collectors.git.command
from collectors.git.mirror import Mirror
from tests.collectors.git.histories import history, kept, refusal
from tests.examples import table
from tests.processes import until
from tests.repositories import Repository


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
    assert "not finished after 0.5 s: it took too long" in line
    # who was killed may still wait for its turn to end
    until(lambda: not processes(str(ssh)), seconds=20)


def test_one_process_at_a_time(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "1"})
    with synchronise(mirrors, repo.url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"synchronised\n"
        line = refusal(lambda: history(mirrors, repo.url))
        assert line.startswith("billing: another process uses its mirror")
        process.kill()
    assert history(mirrors, repo.url) == (tip,)
