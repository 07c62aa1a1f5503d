-- The closed periods of other contracts: whose they are, which days they judge, and of what.
select
    contract,
    period,
    json_extract_string(body, '$.evaluation.customer') as customer,
    json_extract_string(body, '$.evaluation.supplier') as supplier,
    cast(json_extract_string(body, '$.evaluation.period.start') as date) as starts,
    cast(json_extract_string(body, '$.evaluation.period.end') as date) as ends,
    left(json_extract_string(body, '$.closed_at'), 10) as closed_on,
    json_extract_string(body, '$.closed_by') as closed_by,
    json_extract_string(body, '$.evaluation.credits.framework.id') as framework,
    json_extract_string(body, '$.evaluation.service_levels[*].indicator') as indicators,
    json_extract_string(body, '$.evaluation.snapshots[*].repository') as repositories
from frozen_evaluations
where not list_contains(?, contract) and json_valid(body)
order by number
