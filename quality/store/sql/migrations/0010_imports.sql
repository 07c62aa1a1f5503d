-- What files import, so that production code among the tests is seen.

create table imports (            -- lizard, from the syntax tree: one row a target
    measurement integer not null,  -- the measurement's id
    line integer not null,         -- 1-based
    up integer,                    -- folders above the file's own; null: not relative
    target varchar not null        -- a path; empty: there were too many to keep
);
