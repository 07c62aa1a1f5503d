-- What in a file can lift a value without better code: no number counts it, and a reader should see it.

create table oddities (            -- lizard, from the syntax tree
    measurement integer not null,  -- the measurement's id
    line integer not null,         -- 1-based
    kind varchar not null,         -- choices, texts or keywords
    text varchar not null          -- what was seen, cut to 200 characters
);
