-- Facts: what analyzers say of blobs. A measurement is one analyzer's look at one blob; its rows
-- stand in the tables below. Nothing here knows a path, a contract or a date.

create table measurements (
    id integer not null,          -- names the measurement in the tables of rows
    blob varchar not null,        -- git's object id of the content
    language varchar not null,    -- what the content was read as
    analyzer varchar not null,    -- lizard, radon, pylint, clones, suppressions
    part varchar not null,        -- digest of the analyzer's part of the recipe: versions, limits, rules
    reason varchar                -- why it could not be measured; null: it was
);

create table file_sizes (         -- lizard: one row a measurement
    measurement integer not null,
    nloc integer not null         -- lines of code without blank and comment lines
);

create table functions (          -- lizard: one row a function
    measurement integer not null,
    name varchar not null,        -- as lizard names it, class included
    start_line integer not null,  -- 1-based, in the file
    end_line integer not null,
    nloc integer not null,
    ccn integer not null,         -- cyclomatic complexity
    tokens integer not null,
    parameters integer not null,
    nesting integer not null,     -- deepest nesting of control structures
    body ubigint not null         -- digest of the code without comments and white space
);

create table blocks (             -- radon: one row a Python function or method
    measurement integer not null,
    name varchar not null,
    kind varchar not null,        -- function or method
    start_line integer not null,
    end_line integer not null,
    cc integer not null           -- radon's cyclomatic complexity
);

create table python_files (       -- radon: one row a measurement
    measurement integer not null,
    loc integer not null,         -- radon's raw counts
    lloc integer not null,
    sloc integer not null,
    comments integer not null,
    multi integer not null,
    single_comments integer not null,
    blank integer not null,
    volume double not null,       -- Halstead's measures of the whole file
    difficulty double not null,
    effort double not null,
    mi_millionths bigint not null -- maintainability index, 0-100, times 1,000,000
);

create table code_lines (         -- clones: one row a measurement
    measurement integer not null,
    numbers integer[] not null,   -- line numbers of the code lines, in order
    hashes ubigint[] not null     -- hashes of the normalised lines, in the same order
);

create table findings (           -- pylint: one row a message
    measurement integer not null,
    line integer not null,
    "column" integer not null,
    rule varchar not null,        -- pylint's message id, E0602 say
    message varchar not null,
    context ubigint not null,     -- digest of the line's code
    hidden boolean not null       -- a directive in the file would have hidden it
);

create table suppressions (       -- directives: one row each
    measurement integer not null,
    line integer not null,
    tool varchar not null,        -- the tool it speaks to
    text varchar not null
);

-- Repository content: which files a commit holds, and which commit stands for a period.

create table commits (
    sha varchar not null primary key,
    committed_at timestamp not null  -- committer date, UTC
);

create table files (              -- every entry of a commit's tree, written once a commit
    "commit" varchar not null,
    path varchar not null,
    blob varchar not null,
    size bigint not null,         -- bytes
    kind varchar not null,        -- file, link, submodule
    language varchar              -- null: no analyzer reads it
);

create table snapshots (
    source varchar not null,      -- the repository's address, without credentials
    branch varchar not null,
    before timestamp not null,    -- the period's end, UTC: the last commit before it is taken
    "commit" varchar,             -- null: there is none, and reason says why
    reason varchar not null,
    rewritten varchar not null,   -- the commit that stood here before history was rewritten
    primary key (source, branch, before)
);

create table snapshot_values (    -- indicators already counted; a cache, never a source
    "commit" varchar not null,
    inputs varchar not null,      -- digest of all else it depends on: patterns, recipe, SQL
    indicator varchar not null,
    parameter integer,
    numerator hugeint not null,
    denominator hugeint not null
);
