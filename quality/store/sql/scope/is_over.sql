-- is_over: whether a clock, by the table of its kind, stands because the work is done.
create or replace temp macro is_over(of_clocks, done, closed) as
    case split_part(of_clocks, '_', 1) when 'resolution' then done when 'closure' then closed else false end;
