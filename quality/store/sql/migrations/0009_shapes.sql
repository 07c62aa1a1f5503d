-- Renamed copies: the shapes of the lines that say something, beside the lines themselves. What was
-- measured without them is measured anew.

delete from code_lines;
delete from measurements where analyzer = 'clones';
alter table code_lines add column shape_numbers integer[];  -- line numbers of the shapes, in order
alter table code_lines add column shapes ubigint[];         -- hashes of the shapes, in the same order
