-- What files claim of themselves: nothing obeys it, and a reader should see it.

create table claims (              -- suppressions: one row each
    measurement integer not null,  -- the measurement's id
    line integer not null,         -- 1-based
    text varchar not null          -- the comment's line, cut to 200 characters
);
