-- service_requests: requests of a service in each window, by the state of the moment at which their
-- stretch begins.
create or replace temp macro service_requests(of_service, of_source) as table
select p.window, s.state, sum(p.results) as results, sum(p.failed) as failed
from (
    select w.window, p.begins, p.results, p.failed
    from scope_services as w
    join service_names as n on n.view = w.view and n.service = w.service
    join standing_probes as p on p.view = w.view and p.service = n.written
    where w.service = of_service and p.begins >= w.begins and p.begins < w.ends
        and (of_source is null or p.source = of_source)
) as p
asof join service_seconds(of_service, of_source) as s
    on s.window = p.window and p.begins >= s.begins
group by p.window, s.state;
