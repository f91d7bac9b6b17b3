-- What happened, in commit order: ids, enums and times, never a text, a name or an address.
-- Moments are milliseconds since 1970 in UTC, here and everywhere.
CREATE TABLE event (
    seq bigint NOT NULL PRIMARY KEY,
    at bigint NOT NULL,
    kind text NOT NULL,
    thing text NOT NULL,
    thing_id {uuid} NOT NULL,
    community_id {uuid},
    -- The issue it is, or belongs to.
    issue_id {uuid},
    organisation_id {uuid},
    -- Whom it concerns in private: their sessions, their inbox.
    account_id {uuid},
    -- Who did it, and for which organisation; never shown.
    actor_id {uuid},
    acting_for {uuid},
    data text NOT NULL,
    hash {bytes} NOT NULL
);
CREATE INDEX event_thing ON event (thing, thing_id, seq);
CREATE INDEX event_issue ON event (issue_id, seq) WHERE issue_id IS NOT NULL;
CREATE INDEX event_community ON event (community_id, seq);

-- Work for later, written in the transaction that wants it.
CREATE TABLE job (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    payload text NOT NULL,
    -- `ready`, `done`, or `dead` after too many attempts.
    state text NOT NULL,
    run_at bigint NOT NULL,
    attempts bigint NOT NULL,
    -- Names the worker's hold on the job; a worker whose lease was taken over may not finish it.
    lease {uuid},
    leased_until bigint,
    unique_key text,
    last_error text,
    created_at bigint NOT NULL,
    finished_at bigint
);
CREATE UNIQUE INDEX job_unique_key_key ON job (unique_key);
CREATE INDEX job_due ON job (run_at, id) WHERE state = 'ready';

-- Slots of the schedule that have fired: whoever inserts the row fires it.
CREATE TABLE schedule_slot (
    schedule text NOT NULL,
    slot bigint NOT NULL,
    PRIMARY KEY (schedule, slot)
);

-- Requests that carried an `Idempotency-Key`, with the answer they got.
CREATE TABLE idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    request {bytes} NOT NULL,
    status bigint,
    headers text,
    body text,
    created_at bigint NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_created_at ON idempotency (created_at);
