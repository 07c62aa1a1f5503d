-- duplication.share: code lines inside a duplicated window, of all code lines.
create or replace temp macro duplication_share(lines) as table
select snapshot, numerator, denominator from duplicated_share(lines, false);
