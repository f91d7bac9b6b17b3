CREATE TABLE account (
    id {uuid} NOT NULL PRIMARY KEY,
    -- In lower case; null once erased.
    email text,
    -- Empty until the person says it.
    name text NOT NULL,
    -- PHC string of argon2id; null for an account that signs in by mailed links only.
    password_hash text,
    language text NOT NULL,
    time_zone text NOT NULL,
    main_coordinator boolean NOT NULL,
    -- When the address was confirmed; there is no account before.
    confirmed_at bigint,
    disabled_at bigint,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX account_email_key ON account (email);

CREATE TABLE session (
    id {uuid} NOT NULL PRIMARY KEY,
    account_id {uuid} NOT NULL REFERENCES account (id),
    -- Which refresh cookie is the present one, and when it became so.
    generation bigint NOT NULL,
    refreshed_at bigint NOT NULL,
    -- What the browser calls itself, shortened.
    device text NOT NULL,
    created_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX session_account ON session (account_id, id);

-- Links that were mailed: for one purpose, once, until they expire.
CREATE TABLE mailed_link (
    -- SHA-256 of the token.
    hash {bytes} NOT NULL PRIMARY KEY,
    purpose text NOT NULL,
    -- The address it went to.
    email text NOT NULL,
    account_id {uuid} REFERENCES account (id),
    -- What the link is about, where it is not the account: a report, an invitation.
    subject_id {uuid},
    -- What was asked for, where that is not yet anything (a sign-up): JSON.
    payload text,
    expires_at bigint NOT NULL,
    used_at bigint,
    created_at bigint NOT NULL
);
CREATE INDEX mailed_link_email ON mailed_link (email);
CREATE INDEX mailed_link_expires_at ON mailed_link (expires_at);

-- Attempts that are counted by all replicas together: sign-ins, mails, reports.
CREATE TABLE attempt (
    -- What is counted and for whom, hashed: `sign_in:<address>`, `mail:<client>`.
    bucket text NOT NULL,
    -- The beginning of the window.
    slot bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (bucket, slot)
);
CREATE INDEX attempt_slot ON attempt (slot);
