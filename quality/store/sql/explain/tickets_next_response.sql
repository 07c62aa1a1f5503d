-- The clocks of the next response, those that ran furthest beyond their targets first; moments in UTC.
select
    "window",
    source,
    id,
    title,
    policy,
    strftime(to_timestamp(began) at time zone 'UTC', '%Y-%m-%d %H:%M') as began,
    strftime(to_timestamp(due) at time zone 'UTC', '%Y-%m-%d %H:%M') as due,
    coalesce(strftime(to_timestamp(ended) at time zone 'UTC', '%Y-%m-%d %H:%M'), 'goes on') as ended,
    elapsed // 60 as minutes,
    target // 60 as target,
    missed,
    gone
from judged_clocks('next_response_clocks', $source, $policy, $queue, $priority)
order by missed desc, elapsed - target desc, source, id
