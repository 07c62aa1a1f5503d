-- Reports: what other tools and systems claim. A content is read once and its rows never change; what
-- reached us stands beside it, with the moment; nothing is ever taken away.

create table report_contents (
    content integer not null primary key,  -- names the content in the tables of rows
    digest varchar not null,     -- sha256 of the bytes, hex
    size bigint not null,        -- bytes
    reader varchar not null,     -- the format and the reader's revision
    reason varchar               -- why it could not be read; null: it was
);

create table report_runs (       -- runs of a tool, and reports of formats that have none: one
    content integer not null,    -- of report_contents
    run integer not null,        -- from 0, in the order of the report
    tool varchar not null,       -- as it names itself
    version varchar not null,    -- as it says; empty: it does not
    "commit" varchar not null    -- what it claims to speak of; empty: nothing
);

create table report_rules (      -- the rules that results name
    content integer not null,    -- of report_contents
    run integer not null,        -- of report_runs
    rule integer not null,       -- number in the run
    id varchar not null,         -- as the tool names it
    level varchar not null,      -- of results that state none: error, warning, note, none
    cwes integer[] not null      -- its weaknesses
);

create table report_files (      -- the files that a report names
    content integer not null,    -- of report_contents
    file integer not null,       -- number in the report
    path varchar not null        -- with slashes, as the tool's machine had it; empty: no file
);

create table report_findings (   -- results, one row each
    content integer not null,    -- of report_contents
    run integer not null,        -- of report_runs
    rule integer not null,       -- of report_rules
    file integer,                -- of report_files; null: no place
    line integer,                -- 1-based; null: the whole file
    level varchar,               -- null: its rule's
    apart varchar not null,      -- why it is no finding: suppressed, absent, passed; empty: it is one
    message varchar not null     -- the tool's words, cut to 300 characters
);

create table report_coverage (   -- one row a file
    content integer not null,    -- of report_contents
    file integer not null,       -- of report_files
    lines integer[] not null,    -- lines that can be run, in order
    hit boolean[] not null,      -- whether each was
    branches integer[] not null, -- branches on each
    taken integer[] not null,    -- and those that were taken
    excluded integer not null    -- lines that a directive left out, as far as the report says
);

create table reports (           -- append-only: what reached us, and looks at which nothing did
    number integer not null primary key,  -- in the order of arrival
    batch integer not null,      -- what came in one look at one source
    contract varchar not null,   -- the contract's id
    source varchar not null,     -- its name in the contract
    asked varchar not null,      -- the place as the contract wrote it then
    "commit" varchar,            -- the commit whose report was asked for; null: the place names none
    place varchar not null,      -- the file or URL
    received_at timestamp not null,  -- when it reached us, UTC
    content integer,             -- of report_contents; null: there was nothing
    reason varchar not null,     -- why there was nothing; empty: there was
    cause varchar not null       -- whose cause that is: supplier (who owes the report), ours
);

create table judged_reports (    -- append-only: by which batch a period is judged from now on
    contract varchar not null,   -- the contract's id
    source varchar not null,     -- its name in the contract
    before timestamp not null,   -- of snapshots: the period's end
    "commit" varchar not null,   -- of snapshots: what stands
    batch integer not null,      -- of reports
    primary key (contract, source, before, "commit")
);

