-- Facts: what analyzers say of blobs. A measurement is one analyzer's look at one blob; its rows
-- stand in the tables below. Nothing here knows a path, a contract or a date.

create table measurements (
    id integer not null,        -- names the measurement in the tables of rows
    blob varchar not null,      -- git's object id of the content
    language varchar not null,  -- what the content was read as
    analyzer varchar not null,  -- lizard, radon, pylint, clones, suppressions
    part varchar not null,      -- digest of the analyzer's part of the recipe: versions, limits, rules
    reason varchar              -- why it could not be measured; null: it was
);

create table file_sizes (         -- lizard: one row a measurement
    measurement integer not null,  -- the measurement's id
    nloc integer not null          -- lines of code without blank and comment lines
);

create table functions (          -- lizard: one row a function
    measurement integer not null,  -- the measurement's id
    name varchar not null,         -- as lizard names it, class included
    start_line integer not null,   -- 1-based, in the file
    end_line integer not null,     -- 1-based, the last
    nloc integer not null,         -- lines of code
    ccn integer not null,          -- cyclomatic complexity
    tokens integer not null,       -- lizard's tokens
    parameters integer not null,   -- how many it takes
    nesting integer not null,      -- deepest nesting of control structures
    body ubigint not null          -- digest of the code without comments and white space
);

create table blocks (             -- radon: one row a Python function or method
    measurement integer not null,  -- the measurement's id
    name varchar not null,         -- with its class
    kind varchar not null,         -- function or method
    start_line integer not null,   -- 1-based
    end_line integer not null,     -- 1-based, the last
    cc integer not null            -- radon's cyclomatic complexity
);

create table python_files (       -- radon: one row a measurement
    measurement integer not null,      -- the measurement's id
    loc integer not null,              -- radon's raw counts: lines
    lloc integer not null,             -- logical lines
    sloc integer not null,             -- source lines
    comments integer not null,         -- comments
    multi integer not null,            -- lines of strings that stand for comments
    single_comments integer not null,  -- lines that are a comment or a docstring
    blank integer not null,            -- blank lines
    volume double not null,            -- Halstead's measures of the whole file
    difficulty double not null,        -- Halstead's
    effort double not null,            -- Halstead's
    mi_millionths bigint not null      -- maintainability index, 0-100, times 1,000,000
);

create table code_lines (         -- clones: one row a measurement
    measurement integer not null,  -- the measurement's id
    numbers integer[] not null,    -- line numbers of the code lines, in order
    hashes ubigint[] not null      -- hashes of the normalised lines, in the same order
);

create table findings (           -- pylint: one row a message
    measurement integer not null,  -- the measurement's id
    line integer not null,         -- 1-based
    "column" integer not null,     -- 0-based
    rule varchar not null,         -- pylint's message id, E0602 say
    message varchar not null,      -- pylint's words
    context ubigint not null,      -- digest of the line's code
    hidden boolean not null        -- a directive in the file would have hidden it
);

create table suppressions (       -- directives: one row each
    measurement integer not null,  -- the measurement's id
    line integer not null,         -- 1-based
    tool varchar not null,         -- the tool it speaks to
    text varchar not null          -- the directive, cut to 200 characters
);

-- Repository content: which files a commit holds, and which commit stands for a period.

create table commits (
    sha varchar not null primary key,  -- git's commit id, hex
    committed_at timestamp not null    -- committer date, UTC
);

create table files (              -- every entry of a commit's tree, written once a commit
    "commit" varchar not null,  -- of commits
    path varchar not null,      -- printable text, unique in the commit
    blob varchar not null,      -- git's object id of the content
    size bigint not null,       -- bytes
    kind varchar not null,      -- file, link, submodule
    language varchar            -- null: no analyzer reads it
);

create table snapshots (
    source varchar not null,     -- the repository's address, without credentials
    branch varchar not null,     -- the branch that is delivered
    before timestamp not null,   -- the period's end, UTC: the last commit before it is taken
    "commit" varchar,            -- null: there is none, and reason says why
    reason varchar not null,     -- why there is none; empty: there is one
    rewritten varchar not null,  -- the commit that stood here before history was rewritten
    looked_at timestamp,         -- UTC: when the repository was read; null: it never was
    primary key (source, branch, before)
);

create table snapshot_values (    -- indicators already counted; a cache, never a source
    "commit" varchar not null,    -- of commits
    inputs varchar not null,      -- digest of all else it depends on: patterns, recipe, SQL
    indicator varchar not null,   -- its id
    parameter integer,            -- null: it has none
    numerator hugeint not null,   -- exact
    denominator hugeint not null  -- exact
);
