-- Evidence that came back signed.

create table acknowledgements (     -- append-only
    contract varchar not null,      -- the contract's id
    period varchar not null,        -- 2026-Q3 or 2026-09
    digest varchar not null,        -- sha256 of the body
    body varchar not null,          -- the signed manifest and the moment it came, as canonical JSON
    primary key (contract, digest)
);
