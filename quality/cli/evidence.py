"""``workmanship evidence``: what proves a period's numbers, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say
from quality.errors import UsageError

EXAMPLE = (
    "workmanship evidence acme.contract.yaml --period 2026-Q3 --output acme-2026-Q3.zip "
    "--key ours.pem"
)


def command(
    contract: options.OneContract,
    output: Annotated[
        Path, typer.Option(metavar="FILE.zip", help="The bundle to write.", show_default=False)
    ],
    period: options.Period = None,
    key: Annotated[
        Path | None,
        typer.Option(metavar="KEY.pem", help="Sign it with this Ed25519 key. Default: unsigned."),
    ] = None,
    database: options.Database = None,
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write a period's evidence: verdicts, counts, facts and the digests of all, to be verified by
    anybody."""
    from quality.cli.session import begin
    from quality.evidence.keys import private_key
    from quality.files import write_bytes

    signing = private_key(key) if key else None
    if output.is_dir():
        raise UsageError(f"{output} is a folder: name the file to write, such as evidence.zip")
    if output.suffix.lower() != ".zip" and output.exists():
        raise UsageError(f"{output} exists and is not a .zip file: name the bundle to write")
    session = begin([contract], database, memory)
    session.witness()
    bundle = session.evidence(period, signing)
    write_bytes(output, bundle)
    how = "" if signing else ", unsigned: sign it with --key"
    say(f"wrote {output}, {len(bundle):,} bytes{how}")
