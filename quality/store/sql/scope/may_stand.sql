-- may_stand: of the seconds for which the customer owes an answer those in which a clock stands, when it
-- has stood for so many before; a policy without a limit (null) lets it stand for all of them.
create or replace temp macro may_stand(waited, stands, stood) as
    least(waited, greatest(0, coalesce(stands - stood, waited)));
