-- is_over: whether a clock, by the table of its kind, stands because the work is done.
create or replace temp macro is_over(of_clocks, done, closed) as
    case of_clocks when 'resolution_clocks' then done when 'closure_clocks' then closed else false end;
