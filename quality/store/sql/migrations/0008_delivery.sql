-- The moment of delivery: what was seen of a branch, when, and what therefore stands.

create table observations (         -- append-only: each reading of a branch, online
    number integer not null primary key,  -- in the order of reading, which no clock can change
    source varchar not null,        -- the place of the repository, the same for all spellings
    branch varchar not null,        -- the branch that is delivered
    read_at timestamp not null,     -- UTC, as our clock said
    counted_at timestamp not null,  -- the same, but never before the branch's reading before
    tip varchar,                    -- the commit it ended in; null: there was no such branch
    lost varchar,                   -- the tip before, where the branch holds it no longer
    how varchar not null            -- how it was lost: rewritten, merged, deleted; empty: it was not
);

create table deliveries (           -- append-only: the commits that a reading found first
    source varchar not null,        -- as in observations
    branch varchar not null,        -- the branch on whose first-parent line it was found
    "commit" varchar not null,      -- git's commit id, hex
    parent varchar,                 -- the commit before it on the line; null: it is the first
    committed_at timestamp not null,  -- the committer date, UTC: a claim
    not_before timestamp,           -- the last reading that did not find it; null: none was made
    not_after timestamp not null,   -- the first reading that did
    observation integer not null    -- of observations: that reading
);

create table challenges (           -- append-only: commits that would have moved what stands
    source varchar not null,        -- as in observations
    branch varchar not null,        -- as in observations
    before timestamp not null,      -- of snapshots
    "commit" varchar,               -- what would stand by the dates now; null: nothing
    dropped boolean not null,       -- the branch no longer holds what stands
    observation integer not null    -- of observations: the reading that found it
);

create table places (               -- append-only: where a contract's repository was read
    contract varchar not null,      -- the contract's id
    repository varchar not null,    -- its name in the contract
    before timestamp not null,      -- of snapshots
    source varchar not null,        -- as in observations
    branch varchar not null,        -- as in observations
    number integer not null         -- in the order in which the contract named them
);

alter table snapshots rename to snapshots_by_date;

create table snapshots (            -- a row that stands is never changed
    source varchar not null,        -- as in observations
    branch varchar not null,        -- as in observations
    before timestamp not null,      -- the period's end, UTC
    "commit" varchar,               -- null: there is none, and reason says why
    reason varchar not null,        -- why there is none, or it may not be the last; empty: neither
    read_at timestamp,              -- UTC: the reading by which it is known; null: none was made
    stands boolean not null,        -- that reading came after the period's end
    cause varchar not null,         -- whose cause it is that there is none: supplier or ours
    primary key (source, branch, before)
);

drop table snapshots_by_date;
