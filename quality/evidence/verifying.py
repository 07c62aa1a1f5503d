"""Verifying a bundle: its bytes, its signatures, its counts and verdicts, and its code."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import duckdb

from quality.errors import DisagreementError, UsageError, WorkmanshipError
from quality.evidence import keys
from quality.evidence.bundle import Bundle, opened
from quality.evidence.checks import Check
from quality.evidence.recomputing import recomputed
from quality.evidence.remeasuring import Again, Sample, repositories
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.store.database import Store

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to be verified beside the bundle itself: the code of ``repositories`` (name -> URL)
    or a ``share`` of it, drawn by ``seed`` ("": the manifest's digest), and that these ``keys``
    signed."""

    repositories: Mapping[str, str]
    share: Fraction = WHOLE
    seed: str = ""
    keys: Sequence[Path] = ()


def verify(path: Path, demand: Demand, engine: Engine, watcher: Watcher) -> list[Check]:
    """What verifying a bundle finds (errors as ``bundle.opened``; UsageError: a repository that the
    contract does not have)."""
    known = {keys.key_id(keys.public_key(each)): each for each in demand.keys}
    with opened(path) as bundle:
        with _judging(bundle):
            names = repositories(bundle)
            found = [*_manifest(bundle), *_signatures(bundle, known), *recomputed(bundle)]
        if strangers := [name for name in demand.repositories if name not in names]:
            raise UsageError(f"{path} has no repository {strangers[0]}: it has {', '.join(names)}")
        return [*found, *_code(bundle, demand, names, engine, watcher)]


@contextmanager
def _judging(bundle: Bundle) -> Iterator[None]:
    """Judging needs nothing that is not in the bundle: whatever stops it is the bundle's
    contradiction (DisagreementError)."""
    try:
        yield
    except DisagreementError:
        raise
    except WorkmanshipError as error:
        raise DisagreementError(bundle.where.hidden(str(error).splitlines()[0])) from None
    except _NO_DATA as error:
        text = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise DisagreementError(f"what it holds cannot be judged: {text}") from error


_NO_DATA = (
    duckdb.Error, ArithmeticError, LookupError, TypeError, ValueError, AttributeError,
    AssertionError, RecursionError,
)  # fmt: skip


def _manifest(bundle: Bundle) -> Iterator[Check]:
    request = bundle.request
    yield Check(
        "agrees",
        f"{len(bundle.entries) - 1} entries of {request.base.id}, {request.period.id}, are those "
        f"that {bundle.manifest.digest} names",
    )


def _signatures(bundle: Bundle, known: Mapping[str, Path]) -> Iterator[Check]:
    signers = bundle.manifest.signers
    for each in signers:
        whose = "whose key that is, only --key can tell"
        if each in known:
            whose = f"{known[each]}"
        elif party := bundle.request.contract.party_of(each):
            whose = f"the {party}'s, as the contract in it says"
        yield Check("signed", f"by key {each}: {whose}")
    if not signers:
        yield Check("signed", "by nobody: the digests prove that it is whole, not whose it is")
    for key, path in known.items():
        if key not in signers:
            yield Check("differs", f"it is not signed by {path} ({key})")


def _code(
    bundle: Bundle, demand: Demand, names: Sequence[str], engine: Engine, watcher: Watcher
) -> Iterator[Check]:
    sample = Sample(demand.share, demand.seed or bundle.manifest.digest)
    with tempfile.TemporaryDirectory(prefix="workmanship-") as folder:
        for name in names:
            if url := demand.repositories.get(name):
                with Store(Path(folder) / f"{name}.duckdb") as store:
                    again = Again(Path(folder), store, engine, watcher, sample)
                    yield from again.repository(bundle, name, url)
            else:
                yield Check("not seen", f"{name}: whether its code gives these facts: name it "
                                          f"with --repository {name}=URL")  # fmt: skip


def share_of(text: str | None) -> Fraction:
    """The share of ``5%`` (None: all); UsageError."""
    if text is None:
        return WHOLE
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?) ?%", text.strip(), re.ASCII)
    share = Fraction(found[1]) / 100 if found else Fraction(0)
    if not 0 < share <= 1:
        raise UsageError(f"--sample {text!r}: write a share of the contents such as 5%")
    return share


def urls_of(texts: Sequence[str]) -> dict[str, str]:
    """The addresses of ``NAME=URL``, by name (UsageError)."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, url = text.partition("=")
        if not equals or not name or not url:
            raise UsageError("--repository: write NAME=URL, the name as the contract has it")
        if name in found:
            raise UsageError(f"--repository {name} is given twice")
        found[name] = url
    return found
