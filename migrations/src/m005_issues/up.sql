-- What people wrote, each text a row of its own: hiding and erasing take effect wherever it is
-- shown, while the log keeps only a salted hash of it.
CREATE TABLE wording (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    -- Null once erased, as are the rendering and the salt.
    body text,
    -- Sanitised HTML, of texts in Markdown.
    html text,
    salt {bytes},
    hidden_at bigint,
    erased_at bigint
);

-- Where something is: as reported, or as the public may know it.
CREATE TABLE place (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    lat_e6 integer,
    lon_e6 integer,
    address text,
    house text,
    description text,
    precision text NOT NULL
);

CREATE TABLE issue (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    number bigint NOT NULL,
    state text NOT NULL,
    category_id {uuid} NOT NULL REFERENCES category (id),
    title_id {uuid} NOT NULL REFERENCES wording (id),
    description_id {uuid} NOT NULL REFERENCES wording (id),
    place_id {uuid} NOT NULL REFERENCES place (id),
    -- The same row where the public may know it exactly.
    public_place_id {uuid} NOT NULL REFERENCES place (id),
    -- Null once the account is erased.
    reporter_id {uuid} REFERENCES account (id),
    reported_for {uuid} REFERENCES organisation (id),
    naming text NOT NULL,
    private boolean NOT NULL,
    blurred boolean NOT NULL,
    -- Whether its text may be public before triage.
    at_once boolean NOT NULL,
    -- Whether everybody may see it: neither private nor hidden, and triaged or `at_once`.
    listed boolean NOT NULL,
    hidden_at bigint,
    duplicate_of {uuid} REFERENCES issue (id),
    -- The indicator it is meant to move.
    indicator_id {uuid},
    -- What it was before it became a duplicate, and how many are duplicates of it.
    was text,
    duplicates bigint NOT NULL,
    supporters bigint NOT NULL,
    followers bigint NOT NULL,
    comments bigint NOT NULL,
    photos bigint NOT NULL,
    -- How many tasks of it are in each state.
    tasks_draft bigint NOT NULL DEFAULT 0,
    tasks_offered bigint NOT NULL DEFAULT 0,
    tasks_accepted bigint NOT NULL DEFAULT 0,
    tasks_in_progress bigint NOT NULL DEFAULT 0,
    tasks_done bigint NOT NULL DEFAULT 0,
    tasks_verified bigint NOT NULL DEFAULT 0,
    tasks_cancelled bigint NOT NULL DEFAULT 0,
    -- The claim that stands: when, by which organisation (null: a coordinator), and how many
    -- supporters said yes to it.
    resolved_at bigint,
    claimed_by {uuid} REFERENCES organisation (id),
    confirmations bigint NOT NULL,
    confirmed_by text,
    confirmed_at bigint,
    -- How often somebody objected, and whether the latest waits for a decision.
    objections bigint NOT NULL,
    objection_waits boolean NOT NULL,
    -- Whether the decline was appealed: `none`, `waits`, `decided`.
    appeal text NOT NULL,
    reported_at bigint NOT NULL,
    accepted_at bigint,
    changed_at bigint NOT NULL,
    -- By when a report is to be triaged; null once it is.
    answer_by bigint,
    -- When the main coordinator was told that nobody did.
    unanswered_at bigint,
    -- Changes of its own fields, and of anything shown inside it.
    version bigint NOT NULL,
    touched bigint NOT NULL
);
-- One index for each way to sort, covering what most lists filter by.
CREATE UNIQUE INDEX issue_number_key ON issue (community_id, number);
CREATE INDEX issue_newest ON issue (community_id, number, listed, state, category_id);
CREATE INDEX issue_supported ON issue (community_id, supporters, number, listed, state, category_id);
CREATE INDEX issue_changed ON issue (community_id, changed_at, number, listed, state, category_id);
CREATE INDEX issue_waiting ON issue (community_id, number, listed, category_id) WHERE state IN ('reported', 'open', 'in_progress');
CREATE INDEX issue_state ON issue (community_id, state, listed, category_id, number);
CREATE INDEX issue_unanswered ON issue (answer_by) WHERE answer_by IS NOT NULL AND unanswered_at IS NULL;
CREATE INDEX issue_indicator ON issue (indicator_id, changed_at) WHERE indicator_id IS NOT NULL;
CREATE INDEX issue_reporter ON issue (reporter_id, community_id);
CREATE INDEX issue_duplicate_of ON issue (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX issue_unconfirmed ON issue (resolved_at) WHERE state = 'resolved';

-- Whom it concerns.
CREATE TABLE issue_affected (
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    affected text NOT NULL,
    community_id {uuid} NOT NULL,
    PRIMARY KEY (issue_id, affected)
);
CREATE INDEX issue_affected_community ON issue_affected (community_id, affected, issue_id);

-- Organisations with an open offer on it, or with a task of it, while that lasts: they see it even
-- when it is private.
CREATE TABLE issue_organisation (
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    community_id {uuid} NOT NULL,
    sector text NOT NULL,
    -- Whether a task of theirs is accepted or further.
    taken boolean NOT NULL,
    PRIMARY KEY (issue_id, organisation_id)
);
CREATE INDEX issue_organisation_taken ON issue_organisation (community_id, organisation_id, taken, issue_id);
CREATE INDEX issue_organisation_sector ON issue_organisation (community_id, sector, taken, issue_id);

CREATE TABLE support (
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    community_id {uuid} NOT NULL,
    joined_at bigint NOT NULL,
    -- The duplicate it was given to.
    moved_from {uuid} REFERENCES issue (id),
    PRIMARY KEY (issue_id, account_id)
);
CREATE INDEX support_account ON support (account_id);
CREATE INDEX support_moved_from ON support (moved_from) WHERE moved_from IS NOT NULL;

CREATE TABLE follow (
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    community_id {uuid} NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (issue_id, account_id)
);
CREATE INDEX follow_account ON follow (account_id);

CREATE TABLE comment (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL,
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    account_id {uuid} REFERENCES account (id),
    organisation_id {uuid} REFERENCES organisation (id),
    -- Whether it is public before the issue's triage.
    at_once boolean NOT NULL,
    -- The role in which it was written, where it was in one.
    role text,
    created_at bigint NOT NULL,
    edited_at bigint,
    deleted_at bigint,
    version bigint NOT NULL
);
CREATE INDEX comment_issue ON comment (issue_id, created_at, id);

-- What edited and deleted comments said, for moderators, for 90 days.
CREATE TABLE comment_past (
    comment_id {uuid} NOT NULL REFERENCES comment (id),
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    replaced_at bigint NOT NULL,
    PRIMARY KEY (comment_id, wording_id)
);
CREATE INDEX comment_past_replaced_at ON comment_past (replaced_at);

CREATE TABLE flag (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL,
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    thing text NOT NULL,
    thing_id {uuid} NOT NULL,
    reason text NOT NULL,
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    -- Anyone may flag; never shown.
    account_id {uuid} REFERENCES account (id),
    raised_at bigint NOT NULL,
    -- When a moderator hid the thing, or left it.
    closed_at bigint
);
CREATE INDEX flag_open ON flag (community_id, raised_at) WHERE closed_at IS NULL;
CREATE INDEX flag_thing ON flag (thing_id);

CREATE TABLE hiding (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL,
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    thing text NOT NULL,
    thing_id {uuid} NOT NULL,
    reason text NOT NULL,
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    role text NOT NULL,
    hidden_at bigint NOT NULL,
    shown_at bigint
);
CREATE UNIQUE INDEX hiding_thing_key ON hiding (thing_id) WHERE shown_at IS NULL;

CREATE TABLE decline (
    issue_id {uuid} NOT NULL PRIMARY KEY REFERENCES issue (id),
    community_id {uuid} NOT NULL,
    reason text NOT NULL,
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    role text NOT NULL,
    declined_at bigint NOT NULL
);

-- That an issue is solved, as somebody said; the one that no objection has ended counts.
CREATE TABLE claim (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL,
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    organisation_id {uuid} REFERENCES organisation (id),
    role text,
    claimed_at bigint NOT NULL,
    ended_at bigint
);
CREATE UNIQUE INDEX claim_issue_key ON claim (issue_id) WHERE ended_at IS NULL;

-- Supporters who say that it really is.
CREATE TABLE confirmation (
    claim_id {uuid} NOT NULL REFERENCES claim (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    confirmed_at bigint NOT NULL,
    PRIMARY KEY (claim_id, account_id)
);

-- What somebody asks to be decided: that a decline or a hiding was wrong, that a claim is untrue.
CREATE TABLE appeal (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL,
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    -- `decline`, `hiding` or `claim`, and which one.
    about text NOT NULL,
    about_id {uuid} NOT NULL,
    wording_id {uuid} NOT NULL REFERENCES wording (id),
    account_id {uuid} REFERENCES account (id),
    appealed_at bigint NOT NULL,
    -- An objection that needs no decision does not wait.
    waiting boolean NOT NULL,
    decide_by bigint,
    decided_at bigint,
    decided_by {uuid} REFERENCES account (id),
    decided_role text,
    upheld boolean,
    decision_id {uuid} REFERENCES wording (id)
);
CREATE INDEX appeal_issue ON appeal (issue_id, appealed_at);
CREATE INDEX appeal_waiting ON appeal (community_id, appealed_at) WHERE waiting;
CREATE UNIQUE INDEX appeal_about_key ON appeal (about_id) WHERE about IN ('decline', 'hiding');

-- Reports of people who are not signed in, until they follow the link mailed to them.
CREATE TABLE pending_report (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    email text NOT NULL,
    language text NOT NULL,
    -- The report as it was sent, in JSON.
    report text NOT NULL,
    created_at bigint NOT NULL,
    reminded_at bigint,
    expires_at bigint NOT NULL
);
CREATE INDEX pending_report_created_at ON pending_report (created_at);

-- The words of an issue, normalised and stemmed by the program.
-- only sqlite
CREATE TABLE search_document (
    number integer PRIMARY KEY,
    community_id blob NOT NULL,
    issue_id blob NOT NULL REFERENCES issue (id),
    tokens text NOT NULL
);
-- only postgres
CREATE TABLE search_document (
    number bigserial PRIMARY KEY,
    community_id uuid NOT NULL,
    issue_id uuid NOT NULL REFERENCES issue (id),
    tokens text NOT NULL
);
CREATE UNIQUE INDEX search_document_issue_key ON search_document (issue_id);
-- only postgres
CREATE INDEX search_document_tokens ON search_document USING gin (to_tsvector('simple', tokens));
-- only sqlite
CREATE VIRTUAL TABLE search_index USING fts5 (tokens, content='search_document', content_rowid='number', tokenize='unicode61 remove_diacritics 0');
-- only sqlite
CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN INSERT INTO search_index (rowid, tokens) VALUES (new.number, new.tokens); END;
-- only sqlite
CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.number, old.tokens); END;
