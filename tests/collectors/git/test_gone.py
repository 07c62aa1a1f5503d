"""What proves that a repository is gone, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.address import parse
from collectors.git.command import GitFailedError, SafeGit
from collectors.git.gone import gone, unreadable
from tests.repositories import Repository

HTTPS = parse("billing", "https://git.acme.example/billing.git", {})
SSH = parse("billing", "git@git.acme.example:billing.git", {})
UNREAD = (
    "fatal: Could not read from remote repository.\n\n"
    "Please make sure you have the correct access rights\nand the repository exists."
)


@pytest.mark.parametrize(
    ("said", "address", "proven"),
    [
        ("remote: Repository not found.\n"
         "fatal: repository 'https://git.acme.example/billing.git/' not found", HTTPS, True),
        (f"ERROR: Repository not found.\n{UNREAD}", SSH, True),
        (f"fatal: '/srv/billing.git' does not appear to be a git repository\n{UNREAD}", SSH, True),
        ("fatal: unable to access 'https://git.acme.example/billing.git/': Could not resolve host: "
         "git.acme.example", HTTPS, False),
        ("fatal: unable to access 'https://git.acme.example/billing.git/': The requested URL "
         "returned error: 403", HTTPS, False),
        ("fatal: unable to access 'https://git.acme.example/billing.git/': The requested URL "
         "returned error: 503", HTTPS, False),
        ("fatal: Authentication failed for 'https://git.acme.example/billing.git/'", HTTPS, False),
        ("fatal: could not read Username for 'https://git.acme.example': terminal prompts disabled",
         HTTPS, False),  # what GitHub says of a private repository too
        ("remote: ERROR: The project you were looking for could not be found or you don't have "
         f"permission to view it.\n{UNREAD}", SSH, False),
        (f"git@git.acme.example: Permission denied (publickey).\n{UNREAD}", SSH, False),
        (f"ssh: connect to host git.acme.example: Connection refused\n{UNREAD}", SSH, False),
        ("fatal: not finished after 600 s", HTTPS, False),
        ("remote: fatal: repository 'x' not found", HTTPS, False),  # the server's prose
    ],
)  # fmt: skip
def test_only_the_servers_answer_is_proof(said: str, address: object, proven: bool) -> None:
    assert gone(said, address) is proven  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "proven"),
    [
        ("error: object 711e: badDateOverflow: invalid\nfatal: fsck error in packed object", True),
        ("fatal: mismatched algorithms: client sha1; server sha256", True),
        ("warning: rejected refs/heads/main because shallow roots are not allowed to be updated",
         True),
        ("remote: fatal: unable to read 61780798228d17af2d34fce4cfbdf35556832472        \n"
         "remote: aborting due to possible repository corruption on the remote side.", True),
        ("remote: fatal: loose object 3683 (stored in ./objects/36/83) is corrupt        ", True),
        ("error: git upload-pack: git-pack-objects died with error.\n"  # killed, out of memory
         "remote: aborting due to possible repository corruption on the remote side.", False),
        ("fatal: early EOF\nfatal: index-pack failed", False),
        ("fatal: pack is corrupted (SHA1 mismatch)", False),  # on its way
    ],
)  # fmt: skip
def test_only_what_is_named_is_unreadable(said: str, proven: bool) -> None:
    assert unreadable(said) is proven


def asked(url: str) -> bool:
    address = parse("billing", url)
    with pytest.raises(GitFailedError) as error:
        SafeGit(Path("/"), address).run("ls-remote", "--", address.url)
    return gone(str(error.value), address)


def test_a_folder_that_was_removed_and_a_disk_that_is_not_there(tmp_path: Path) -> None:
    beside = Repository(tmp_path / "disk" / "other.git")
    lost = tmp_path / "disk" / "my billing.git"
    assert asked(str(lost))
    assert asked(lost.as_uri())
    lost.mkdir()  # there, and no repository
    assert not asked(str(lost))
    lost.rmdir()
    beside.folder.rename(tmp_path / "elsewhere.git")
    assert not asked(str(lost))  # an empty mount point
    assert not asked(str(tmp_path / "unmounted" / "billing.git"))
