-- What this database has seen of the ledgers beside contracts, so that no entry changes unseen.

create table ledger_journal (   -- append-only; each line names the digest of the one before
    contract varchar not null,  -- the contract's id
    number integer not null,    -- the line's number, from 1
    line varchar not null,      -- canonical JSON, the bytes that the journal's file has
    primary key (contract, number)
);
