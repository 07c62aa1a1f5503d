-- scope_files: every file of the snapshots in scope, with its class under the contract's patterns.
-- Reads scope_snapshots (snapshot, commit, contract) and scope_classes (contract, path, class).
create or replace temp table scope_files as
select
    s.snapshot,                    -- number of the snapshot in this scope
    s.contract,                    -- number of its patterns in this scope
    f.path,
    f.blob,
    f.language,                    -- null: no analyzer reads it
    f.size,                        -- bytes
    f.kind,                        -- file, link, submodule
    f.unread,                      -- what it is, if it is code that no analyzer reads
    c.class as matched,            -- test, generated, vendored, excused, foreign, production; null: data
    case
        when f.kind != 'file' then f.kind
        when f.unread is not null then 'unread'
        when f.language is null then 'other'
        else c.class
    end as class
from scope_snapshots as s
join files as f on f."commit" = s."commit"
left join scope_classes as c on c.contract = s.contract and c.path = f.path;
