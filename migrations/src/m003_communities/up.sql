CREATE TABLE community (
    id {uuid} NOT NULL PRIMARY KEY,
    slug text NOT NULL,
    name_uk text NOT NULL,
    name_en text,
    -- Made of the names: their place in the alphabet, and their words in lower case.
    sort_key {bytes} NOT NULL,
    name_words text NOT NULL,
    katottg text NOT NULL,
    kind text NOT NULL,
    population bigint,
    centre_lat_e6 integer,
    centre_lon_e6 integer,
    time_zone text NOT NULL,
    -- Tags with commas between them.
    languages text NOT NULL,
    reports_public_at_once boolean NOT NULL,
    public_precision text NOT NULL,
    -- The number that the latest issue got.
    last_issue_number bigint NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX community_slug_key ON community (slug);
CREATE UNIQUE INDEX community_katottg_key ON community (katottg);
CREATE INDEX community_sort ON community (sort_key, id);

-- Coordinators, moderators and facilitators.
CREATE TABLE community_role (
    community_id {uuid} NOT NULL REFERENCES community (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    role text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (community_id, account_id)
);
CREATE INDEX community_role_account ON community_role (account_id);

CREATE TABLE organisation (
    id {uuid} NOT NULL PRIMARY KEY,
    slug text NOT NULL,
    name_uk text NOT NULL,
    name_en text,
    -- Made of the names: their place in the alphabet, and their words in lower case.
    sort_key {bytes} NOT NULL,
    name_words text NOT NULL,
    sector text NOT NULL,
    description text NOT NULL,
    website text,
    contact text,
    contact_public boolean NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX organisation_slug_key ON organisation (slug);
CREATE INDEX organisation_sort ON organisation (sort_key, id);

-- Where an organisation works, and how that community regards it.
CREATE TABLE organisation_area (
    community_id {uuid} NOT NULL REFERENCES community (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    verification text NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (community_id, organisation_id)
);
CREATE INDEX organisation_area_organisation ON organisation_area (organisation_id);

CREATE TABLE member (
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    role text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (organisation_id, account_id)
);
CREATE INDEX member_account ON member (account_id);

-- To become a member of an organisation, or to hold a role in a community.
CREATE TABLE invitation (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation_id {uuid} REFERENCES organisation (id),
    community_id {uuid} REFERENCES community (id),
    email text NOT NULL,
    -- What whoever invites calls the person, where they were asked for it.
    name text,
    role text NOT NULL,
    invited_by {uuid} NOT NULL REFERENCES account (id),
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    -- Accepted or withdrawn.
    closed_at bigint
);
CREATE UNIQUE INDEX invitation_organisation_key ON invitation (organisation_id, email) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX invitation_community_key ON invitation (community_id, email) WHERE closed_at IS NULL;

CREATE TABLE category (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    slug text NOT NULL,
    name_uk text NOT NULL,
    name_en text,
    icon text NOT NULL,
    -- The organisation usually responsible.
    organisation_id {uuid} REFERENCES organisation (id),
    answer_days integer NOT NULL,
    private boolean NOT NULL,
    blurred boolean NOT NULL,
    position integer NOT NULL,
    archived_at bigint,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX category_slug_key ON category (community_id, slug);
