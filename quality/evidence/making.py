"""Making a bundle from what a database holds of a period."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from collectors.git.mirror import Mirror
from quality.errors import DisagreementError, MeasureError
from quality.evidence import envelope, papers, records
from quality.evidence.archive import MANIFEST, pack
from quality.evidence.bundle import opened
from quality.evidence.content import Judged, contents, judged, predicate
from quality.evidence.envelope import Envelope, entries_of
from quality.evidence.papers import addresses
from quality.evidence.recomputing import CLOSED, recomputed
from quality.evidence.tools import TOOLS, tools
from quality.model.canonical import dumps
from quality.store.database import Store
from quality.verdicts.request import Request

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

READ_ME = """\
This is the evidence of one period under one contract: what was judged, what was counted and the
facts that were counted, as JSON. manifest.json names the digest of every entry, and who signed it.

    workmanship verify FILE.zip                               counts and judges again from the facts
    workmanship verify FILE.zip --repository NAME=URL         measures again, content by content
"""
READ_ME_NAME = "README.txt"


def make(
    store: Store, request: Request, mirrors: Path, key: Ed25519PrivateKey | None = None
) -> bytes:
    """The bundle of a request's period: the same database and key give the same bytes. ``mirrors``:
    where the ids of trees are read. MeasureError: what the database holds of the period is not
    enough to judge it again."""
    found = judged(store, request)
    snapshots = found.evaluation.snapshots
    if snapshots and not any(snapshot.commit for snapshot in snapshots):
        raise MeasureError(f"{request.base.id} has no snapshot in {request.period.id}: there is "
                           f"nothing to prove; run `workmanship measure`")  # fmt: skip
    where = addresses(request.family.contracts)
    contracts = [each.id for each in request.family.contracts]
    entries = {
        READ_ME_NAME: READ_ME.encode(),
        TOOLS: dumps(tools(found.recipe)).encode(),
        **papers.papers(request.family),
        **records.records(store, contracts, where),
        **contents(store, found, where, _trees(request, found, mirrors)),
    }
    manifest = Envelope(envelope.statement(entries, predicate(found)))
    entries[MANIFEST] = (manifest.signed_by(key) if key else manifest).text()
    content = pack(entries)
    _judged_again(content, request)
    return content


def _judged_again(content: bytes, request: Request) -> None:
    """Hand out nothing that its own verification would refuse (MeasureError)."""
    with tempfile.TemporaryDirectory(prefix="workmanship-") as folder:
        path = Path(folder) / "evidence.zip"
        path.write_bytes(content)
        try:
            with opened(path) as bundle:
                wrong = [each.text for each in recomputed(bundle) if each.kind == "differs"]
        except DisagreementError as error:
            wrong = [str(error).removeprefix(f"{path}: ")]
    if wrong := [text for text in wrong if not text.startswith(CLOSED)]:
        raise MeasureError(
            f"{request.period.id} of {request.base.id} cannot be judged again from its evidence: "
            f"{wrong[0]}: run `workmanship measure`, and report it if that does not help"
        )


def _trees(request: Request, found: Judged, mirrors: Path) -> dict[str, str]:
    """The ids of the trees of the commits that mirrors here hold."""
    trees: dict[str, str] = {}
    for repository in request.contract.repositories:
        source = repository.source(request.contract.path)
        with suppress(MeasureError), Mirror(mirrors, repository.name, source) as mirror:
            if mirror.folder.exists():
                named = ((sha, mirror.commits.tree(sha)) for sha in found.commits)
                trees |= {sha: tree for sha, tree in named if tree}
    return trees


def signed(path: Path, key: Ed25519PrivateKey) -> tuple[bytes, Envelope]:
    """A bundle's bytes with one more signature over its manifest, and the manifest."""
    entries, manifest = entries_of(path)
    more = manifest.signed_by(key)
    return pack(entries | {MANIFEST: more.text()}), more
