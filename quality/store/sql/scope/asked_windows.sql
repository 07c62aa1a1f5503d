-- asked_windows: the windows in which a service is judged by a source (null: by all).
create or replace temp macro asked_windows(of_service, of_source) as table
select *
from scope_services
where service = of_service and source is not distinct from of_source;
