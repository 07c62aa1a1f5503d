"""How the benchmark's maker brings a public system here: its bytes as they are, as one commit."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.bench.systems import Place, System, UnavailableError, _committed, _unpack
from tests.repositories import Link, Repository, run_git

FILES = {
    "a.py": "x = 1\r\n",
    "deep/b.py": "y = 2\n",
    ".gitattributes": "*.py text eol=lf ident\n",
    ".gitignore": "deep/\n",
}
SYSTEM = System("python", "shop", "1.0", "debian")


def listing(repository: Path) -> dict[str, str]:
    names = run_git(repository, "ls-tree", "-r", "--name-only", "main").splitlines()
    return {name: run_git(repository, "show", f"main:{name}") for name in names}


def test_a_git_origin_is_fetched_at_its_commit(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin/acme/shop")
    first = origin.commit(FILES)  # type: ignore[arg-type]
    origin.git("config", "uploadpack.allowReachableSHA1InWant", "true")
    origin.commit({"later.py": "z = 3\n"})
    system = System("python", "shop", first, origin.url)
    found = Place(tmp_path / "work").repository(system)
    assert set(listing(found)) == set(FILES)
    assert run_git(found, "rev-list", "--count", "main") == "1"
    assert Place(tmp_path / "work").repository(system) == found


def test_a_mirror_serves_in_place_of_the_network_and_may_lack_a_file(tmp_path: Path) -> None:
    mirror = Repository(tmp_path / "mirrors/acme+shop/repo")
    commit = mirror.commit({**FILES, "link": Link("a.py"), "large.py": "x = 1\n" * 9})
    lost = mirror.git("rev-parse", f"{commit}:large.py")
    _without(mirror, lost, tmp_path / "aside")
    system = System("python", "shop", commit, "https://forge.example/acme/shop")
    found = Place(tmp_path / "work", tmp_path / "mirrors").repository(system)
    assert set(listing(found)) == {*FILES, "link"}


def _without(mirror: Repository, oid: str, aside: Path) -> None:
    """Take an object out of a mirror, as a snapshot may lack its largest files."""
    packs = mirror.folder / "objects/pack"
    aside.mkdir()
    moved = [each.rename(aside / each.name) for each in packs.glob("pack-*")]
    for pack in (each for each in moved if each.suffix == ".pack"):
        mirror.git("unpack-objects", "-q", stdin=pack.read_bytes())
    (mirror.folder / "objects" / oid[:2] / oid[2:]).unlink()


def test_an_unpacked_system_keeps_every_byte_whatever_its_attributes_say(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name, content in FILES.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content.encode())
    _committed(tmp_path / "made.git", tree, SYSTEM)
    made = listing(tmp_path / "made.git")
    assert set(made) == set(FILES)  # what it ignores itself is there
    assert made["a.py"] == "x = 1\r"  # run_git takes the last line end


def test_an_archive_loses_the_one_folder_around_it(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "shop-1.0.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("shop-1.0/a.py")
        member.size = 6
        archive.addfile(member, io.BytesIO(b"x = 1\n"))
    with zipfile.ZipFile(tmp_path / "shop-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("shop/a.py", "x = 1\n")
        wheel.writestr("shop-1.0.dist-info/METADATA", "Name: shop\n")
    for name, expected in (("shop-1.0.tar.gz", "a.py"), ("shop-1.0-py3-none-any.whl", "shop")):
        tree = tmp_path / f"of-{name}" / "tree"
        tree.mkdir(parents=True)
        _unpack(tmp_path / name, tree)
        assert (tree / expected).exists()


def test_an_archive_that_climbs_out_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        member = tarfile.TarInfo("../evil.py")
        archive.addfile(member, io.BytesIO(b""))
    (tmp_path / "in/tree").mkdir(parents=True)
    with pytest.raises(subprocess.CalledProcessError):
        _unpack(tmp_path / "evil.tar", tmp_path / "in/tree")
    assert not (tmp_path / "in/evil.py").exists()


def test_what_cannot_be_had_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    gone = System("python", "gone", "0" * 40, (tmp_path / "nowhere").as_uri())
    with pytest.raises(UnavailableError, match=r"^gone 0+: "):
        Place(tmp_path / "work").repository(gone)
    assert list((tmp_path / "work/systems").iterdir()) == []
