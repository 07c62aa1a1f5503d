-- Baselines: which commit an agreed tag, commit or date named, when, and what it named later.

create table baselines (            -- append-only: the first commit of a baseline stands
    source varchar not null,        -- the place of the repository, as in observations
    branch varchar not null,        -- the delivered branch of a date; empty: no branch has a say
    stated varchar not null,        -- as agreed: tag v1.0, commit 1f3a..., date 2026-01-01 UTC
    number integer not null,        -- in the order of finding, from 1
    "commit" varchar,               -- what it named then; empty: the repository had no commit yet
    reason varchar not null,        -- why it named none; empty: it did
    found_at timestamp not null     -- UTC: the reading that found it
);
