-- An indicator's parameter may be a word, a language say. What was counted is counted anew.

delete from snapshot_values;
alter table snapshot_values alter parameter type varchar;  -- null: it has none
