"""``workmanship verify``: the other party's evidence, counted, judged and measured again."""

from pathlib import Path
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import show

EXAMPLE = (
    "workmanship verify acme-2026-Q3.zip --repository billing=https://git.example/billing.git "
    "--sample 5%"
)


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An evidence bundle.")],
    repository: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=URL",
            help="Measure the code of this repository again. Repeatable. Default: only what "
            "follows from the bundle's facts is verified.",
        ),
    ] = [],  # noqa: B006  # typer's way
    sample: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Measure only this share of the contents, such as 5%."),
    ] = None,
    seed: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="The sample's seed. Default: the manifest's digest, the same for all.",
            show_default=False,
        ),
    ] = "",
    key: Annotated[
        list[Path],
        typer.Option(metavar="PUB.pem", help="It must be signed by this key. Repeatable."),
    ] = [],  # noqa: B006
    jobs: options.Jobs = options.CORES,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Verify an evidence bundle: its digests and signatures, its counts and verdicts, its code."""
    from quality.cli.progress import watch
    from quality.evidence.checks import exit_code, line
    from quality.evidence.verifying import Demand, share_of, urls_of, verify
    from quality.measure.engine import engine
    from reports.shared.text import safe_text

    demand = Demand(urls_of(repository), share_of(sample), seed, key)
    with watch(quiet, verbose) as watcher:
        found = verify(file, demand, engine("processes", jobs), watcher)
    show("".join(f"{safe_text(line(each))}\n" for each in found))
    raise typer.Exit(exit_code(found))
