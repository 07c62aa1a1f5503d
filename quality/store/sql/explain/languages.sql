-- The production code by language, what nobody searches for errors first.
select
    snapshot,
    language,
    nloc,
    case when judged then 'searched for errors' else 'no error analyzer' end as errors,
    if(judged, 0, nloc) as unsearched
from judged_nloc
order by judged, nloc desc, snapshot, language
