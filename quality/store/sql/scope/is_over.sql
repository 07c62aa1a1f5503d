-- is_over: whether a clock, by the table of its kind, stands because the work is done.
-- By the first word of that name alone: a table that is named in full is made, and the three others need not be.
create or replace temp macro is_over(of_clocks, done, closed) as
    case split_part(of_clocks, '_', 1) when 'resolution' then done when 'closure' then closed else false end;
