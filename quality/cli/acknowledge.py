"""``workmanship acknowledge``: a party's signature over evidence."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say, show
from quality.errors import UsageError

EXAMPLE = "workmanship acknowledge acme-2026-Q3.zip --key theirs.pem"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An evidence bundle.")],
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="KEY.pem",
            help="Sign it with this Ed25519 key, if it agrees with itself as verify says.",
        ),
    ] = None,
    contract: Annotated[
        Path | None,
        typer.Option(
            metavar="CONTRACT",
            help="Keep the signatures of a bundle that came back: beside this contract, in its "
            "database, and on the scorecard.",
        ),
    ] = None,
    database: options.Database = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Sign the other party's evidence, or keep the signatures of one that came back."""
    if key is None and contract is None:
        raise UsageError("name the key to sign with: --key KEY.pem, or, to keep the signatures of "
                         "a bundle that came back, its contract: --contract CONTRACT")  # fmt: skip
    if key:
        _sign(file, key, quiet, verbose)
    if contract:
        from quality.cli.session import begin

        session = begin([contract], database, None)
        say(f"kept {session.keep_acknowledgement(file)}")


def _sign(file: Path, key: Path, quiet: bool, verbose: bool) -> None:
    from quality.cli.progress import watch
    from quality.evidence.checks import exit_code, line
    from quality.evidence.keys import half, key_id, private_key
    from quality.evidence.making import signed
    from quality.evidence.verifying import Demand, verify
    from quality.files import write_bytes
    from quality.measure.engine import engine
    from reports.shared.text import safe_text

    signing = private_key(key)
    with watch(quiet, verbose) as watcher:
        found = verify(file, Demand({}), engine("serial", 1), watcher)
    show("".join(f"{safe_text(line(each))}\n" for each in found))
    if code := exit_code(found):
        say(f"{file} was not signed: its parts do not agree")
        raise typer.Exit(code)
    content, manifest = signed(file, signing)
    write_bytes(file, content)
    say(f"{file}: signed by key {key_id(half(signing))} on {datetime.now(UTC):%Y-%m-%d}, manifest "
        f"{manifest.digest}: send it back")  # fmt: skip
