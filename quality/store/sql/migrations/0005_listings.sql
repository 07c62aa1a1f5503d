-- What a file without a reader is, and by which tables a commit's files were listed: commits that
-- were listed by others are listed anew.

alter table files add column unread varchar;     -- code that no analyzer reads; null: read, or data
alter table commits add column listing varchar;  -- digest of the tables; null: none was kept
