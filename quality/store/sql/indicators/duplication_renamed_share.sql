-- duplication.renamed_share: lines whose shape says something inside a window of shapes that stands
-- twice, of all such lines.
create or replace temp macro duplication_renamed_share(lines) as table
select snapshot, numerator, denominator from duplicated_share(lines, true);
