-- Records: what trackers, monitors and help desks claim. Every version of a record is kept with the
-- page that brought it, and nothing is ever taken away: a source that says something else later says
-- it beside what it said before.

create table record_sources (
    source integer not null primary key,  -- names it in the other tables
    contract varchar not null,   -- the contract's id
    name varchar not null,       -- its name in the contract
    kind varchar not null,       -- tickets, defects, outages, probes
    unique (contract, name, kind)  -- one number for each
);

create table record_batches (    -- what came in one transaction: a page of an API, files of a listing,
    batch integer not null primary key,  -- or nothing; numbered in the order of arrival
    source integer not null,     -- of record_sources
    reading integer not null,    -- the pages of one look at a source belong to one reading
    asked varchar not null,      -- place and format as the contract wrote them then
    received_at timestamp not null,  -- when it reached us, UTC
    spoken_at timestamp not null,    -- the moment of which it speaks, UTC: never after received_at
    last boolean not null,       -- nothing follows: all that was known by spoken_at is here
    whole boolean not null,      -- it lists every record: one that is missing is gone
    "cursor" varchar not null,   -- where the next page begins
    digest varchar not null,     -- of the files' bytes; empty: pages of an API
    records bigint not null,     -- how many came
    changed bigint not null,     -- how many of them said something new
    doubled bigint not null,     -- how many came twice
    reason varchar not null,     -- why nothing came; empty: something did
    cause varchar not null       -- whose cause that is: supplier (who owes the records), ours
);

create table record_versions (
    version bigint not null,     -- numbered in the order of arrival
    source integer not null,     -- of record_sources
    batch integer not null,      -- of record_batches
    id varchar not null,         -- as the source names it
    digest varchar not null,     -- of all that the source says of it
    title varchar not null,      -- the source's words, cut to 300 characters
    gone boolean not null        -- the source has it no more; what it last said stands before
);

create table ticket_events (     -- of tickets and defects
    version bigint not null,     -- of record_versions
    number integer not null,     -- in the order of time; at one time, of the source
    happened bigint not null,    -- seconds since 1970 UTC
    kind varchar not null,       -- created, status, priority, queue, group, type, severity, reply, note
    value varchar not null,      -- what the field was set to
    actor varchar not null,      -- as the source names him
    role varchar not null        -- agent, customer, robot; empty: the source does not say
);

create table tickets (           -- tickets and defects
    version bigint not null,     -- of record_versions
    opened bigint not null,      -- seconds since 1970 UTC
    answered bigint,             -- the first reply of an agent; null: none
    by_agent boolean not null    -- an agent opened it
);

create table ticket_states (     -- what stood in fields of tickets at once: each combination once
    state integer not null primary key,  -- names it in ticket_fields
    status varchar not null,     -- empty: none, as in all that follow
    priority varchar not null,   -- as the source names it
    queue varchar not null,      -- as the source names it
    "group" varchar not null,    -- as the source names it
    "type" varchar not null,     -- as the source names it
    severity varchar not null    -- as the source names it
);

create table ticket_fields (     -- what stood from one event to the next: it follows from the events
    version bigint not null,     -- of record_versions
    begins bigint not null,      -- seconds since 1970 UTC; never before the opening
    ends bigint,                 -- null: to this day
    state integer not null,      -- of ticket_states
    spoke varchar not null       -- who wrote the last reply: agent, customer; empty: nobody did
);

create table outages (           -- outages and planned maintenance
    version bigint not null,     -- of record_versions
    service varchar not null,    -- as the source names it
    kind varchar not null,       -- outage, maintenance
    begins bigint not null,      -- seconds since 1970 UTC
    ends bigint,                 -- null: it lasts
    announced_at bigint,         -- null: nobody says
    cause varchar not null       -- as the source writes it
);

create table probe_stretches (   -- equal results in a row
    version bigint not null,     -- of record_versions
    service varchar not null,    -- as the source names it
    begins bigint not null,      -- seconds since 1970 UTC, half-open
    ends bigint not null,        -- the same
    up boolean not null,         -- what all of them say
    results bigint not null,     -- probes, or requests
    failed bigint not null       -- those of them that failed
);
