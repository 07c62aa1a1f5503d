-- Two readers see functions: lizard, and the syntax tree where lizard is blind.

alter table functions add column reader varchar;    -- who saw it: lizard, tree
alter table functions add column cognitive integer; -- cognitive complexity; null: no tree to read it from
