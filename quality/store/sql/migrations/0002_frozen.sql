-- Closed periods: evaluations that nothing changes any more.

create table frozen_evaluations (  -- append-only; each row names the one before, so none can go unseen
    number integer not null,    -- in the order of closing, over all contracts
    contract varchar not null,  -- the contract's id
    period varchar not null,    -- 2026-Q3 or 2026-09
    body varchar not null,      -- the record as canonical JSON, the bytes that both parties keep
    digest varchar not null,    -- sha256 of the body
    previous varchar not null,  -- digest of the contract's record before; empty: this is the first
    primary key (contract, period)
);
