-- Whose fault it is that something could not be measured. What was found before nobody asked that
-- is measured anew.

delete from measurements where reason is not null;
alter table measurements add column cause varchar;  -- supplier, ours; null: it was measured
