"""A generated database: 25 contracts, 40 quarters, 500 files a snapshot, 5 million functions.

Files change in about every fourth quarter, so most contents stand in several snapshots, as in
real repositories. The rows are made by SQL from hashes: the same in every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

from quality.catalogue.recipes import load_recipe
from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.file import load_contract
from quality.contract.periods import periods
from quality.model.repository import Commit
from quality.store.counting import Content
from quality.store.database import Store, StoredSnapshot
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request, snapshot_key

CONTRACTS, QUARTERS = 25, 40
NOW = datetime(2026, 10, 15, tzinfo=UTC)

CONTRACT = """\
format: workmanship.contract/1
contract: {{id: C-{number:02}, customer: Northwind, supplier: Supplier {number}, starts: 2016-10-01,
  ends: 2030-12-31, period: quarter, timezone: Europe/Berlin, recipe: "2026.2"}}
repositories: [{{name: code, url: ./repository-{number}, branch: main}}]
service_levels:
  - {{id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 9}}
  - {{id: B, class: critical, indicator: unit_size.nloc_share, above: 60, expected: 5, minimum: 9}}
  - {{id: C, class: critical, indicator: duplication.share, expected: 3, minimum: 5}}
  - {{id: D, class: critical, indicator: errors.density, expected: 1, minimum: 2}}
  - {{id: E, class: key, indicator: suppressions.density, expected: 1, minimum: 2}}
  - {{id: F, class: key, indicator: python.mi.mean}}
"""

BLOBS = """
create temp table versions as
select c.range as contract, q.range as quarter, f.range as file,
    (sum((q.range = 0 or hash(c.range, q.range, f.range) % 4 = 0)::int)
        over (partition by c.range, f.range order by q.range))::int as version
from range($contracts) as c, range($quarters) as q, range($files) as f;
create temp table blobs as
select row_number() over () as number, * from (
    select distinct contract, file, version, sha1(concat_ws('/', contract, file, version)) as blob
    from versions);
insert into files
select sha1(concat_ws('/', 'commit', v.contract, v.quarter)),
    concat('package/part', v.file % 20, '/module', v.file, '.py'),
    sha1(concat_ws('/', v.contract, v.file, v.version)), 9000, 'file', 'python', null
from versions as v order by v.contract, v.quarter, v.file;
insert into measurements (id, blob, language, analyzer, part, reason)
select number * $step + p.position, blob, 'python', p.analyzer, p.part, null
from blobs, (select unnest($analyzers) as analyzer, unnest($parts) as part,
             unnest(range($step)) as position) as p;
insert into file_sizes select number * $step + $lizard, 200 + hash(blob) % 100 from blobs;
insert into functions
select number * $step + $lizard, concat('Class.method_', f.range), f.range * 8 + 1, f.range * 8 + 8,
    3 + hash(blob, f.range) % 9, case when hash(blob, f.range, 'c') % 50 = 0 then 25 else
    1 + hash(blob, f.range, 'd') % 9 end, 60, hash(blob, f.range, 'p') % 6, 2, hash(blob, f.range),
    'lizard', hash(blob, f.range, 'g') % 9
from blobs, range($functions) as f;
insert into code_lines
select number * $step + $clones, range(1, $lines + 1), hashes, range(1, $lines + 1), hashes from (
select number,
    list_transform(range($lines), lambda n: hash(n, contract, file % $distinct, file < 20, version))
    as hashes
from blobs);
insert into python_files
select number * $step + $radon, 260, 210, 205, 12, 8, 10, 30, 4000.5, 12.5, 50000.25,
    30000000 + hash(blob) % 40000000 from blobs;
insert into blocks
select number * $step + $radon, concat('method_', f.range), 'method', f.range * 8 + 1,
    f.range * 8 + 8, 1 + hash(blob, f.range, 'd') % 9 from blobs, range(5) as f;
insert into findings
select number * $step + $pylint, 1 + hash(blob) % 200, 4, $rule, 'generated', hash(blob), false
from blobs where hash(blob, 'finding') % 6 = 0;
insert into suppressions
select number * $step + $suppressions, 1 + hash(blob) % 200, 'noqa', 'noqa' from blobs
where hash(blob, 'noqa') % 5 = 0;
"""


def generate(folder: Path) -> tuple[list[Path], int]:
    """Contracts and a filled database below ``folder``; returns the contracts' files and how many
    function rows there are."""
    folder.mkdir(parents=True)
    files = []
    for number in range(CONTRACTS):
        files.append(folder / f"c{number:02}.contract.yaml")
        files[-1].write_text(CONTRACT.format(number=number), encoding="utf-8")
    with Store(folder / ".workmanship/measurements.duckdb") as store:
        contracts = [load_contract(file) for file in files]
        for number, contract in enumerate(contracts):
            _snapshots(store, contract, number)
        fill(store)
        for contract in contracts:
            begun = periods(contract, NOW.date())[:QUARTERS]
            count(store, [Request(Family((contract,)), begun)])
        row = store.connection.execute("select count(*) from functions").fetchone()
    assert row
    return files, row[0]


def contents(contracts: Sequence[Contract], number: int) -> list[Content]:
    """``number`` of the snapshots, contract by contract, of 500 files each."""
    found = [
        Content(sha1(f"commit/{n}/{quarter}".encode()).hexdigest(), contract.files)
        for n, contract in enumerate(contracts)
        for quarter in range(QUARTERS)
    ]
    return found[:number]


def fill(
    store: Store,
    contracts: int = CONTRACTS,
    quarters: int = QUARTERS,
    files: int = 500,
    functions: int = 37,
    lines: int = 120,
    distinct: int = 250,
) -> None:
    """Facts of so many ``files`` a snapshot, each of so many functions and code ``lines``; those
    beyond the ``distinct`` ones are copies."""
    recipe = load_recipe("2026.2")
    values = {
        "contracts": contracts,
        "quarters": quarters,
        "files": files,
        "functions": functions,
        "lines": lines,
        "distinct": distinct,
        "analyzers": [part.name for part in recipe.parts],
        "parts": [part.digest for part in recipe.parts],
        "rule": next(r.id for r in recipe.rules_of("pylint") if r.list == "errors"),
        "step": len(recipe.parts),
    }
    values |= {part.name: position for position, part in enumerate(recipe.parts)}
    for statement in filter(str.strip, BLOBS.split(";")):
        used = {name: value for name, value in values.items() if f"${name}" in statement}
        store.connection.execute(statement, used)


def _snapshots(store: Store, contract: Contract, number: int) -> None:
    begun = periods(contract, NOW.date())[:QUARTERS]
    for quarter, period in enumerate(begun):
        row = store.connection.execute(
            "select sha1(concat_ws('/', 'commit', ?::bigint, ?::bigint))", [number, quarter]
        ).fetchone()
        assert row
        at = datetime(period.end.year, period.end.month, 20, tzinfo=UTC)
        store.add_commit(Commit(row[0], at), ())
        store.set_snapshots(
            {
                snapshot_key(contract, "code", period): StoredSnapshot(
                    Commit(row[0], at), "", NOW, stands=True
                )
            }
        )
