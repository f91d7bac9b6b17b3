CREATE TABLE indicator (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    name_uk text NOT NULL,
    name_en text,
    unit_uk text NOT NULL,
    unit_en text,
    kind text NOT NULL,
    direction text NOT NULL,
    source text NOT NULL,
    goal_framework text,
    goal_code text,
    -- Exact decimals: mantissa / 10^scale.
    baseline_mantissa bigint,
    baseline_scale integer,
    baseline_day date,
    target_mantissa bigint,
    target_scale integer,
    target_day date,
    -- Of the period that ended last, kept in the transaction that measures.
    latest_mantissa bigint,
    latest_scale integer,
    latest_day date,
    retired boolean NOT NULL,
    version bigint NOT NULL,
    touched bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX indicator_community ON indicator (community_id, id);

CREATE TABLE measurement (
    id {uuid} NOT NULL PRIMARY KEY,
    indicator_id {uuid} NOT NULL REFERENCES indicator (id),
    from_day date NOT NULL,
    to_day date NOT NULL,
    mantissa bigint NOT NULL,
    scale integer NOT NULL,
    note text NOT NULL,
    -- In whose name it was added; null for the community's own.
    organisation_id {uuid} REFERENCES organisation (id),
    added_by {uuid} REFERENCES account (id),
    added_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX measurement_to_day_key ON measurement (indicator_id, to_day, from_day);

-- What a measurement said before it was corrected.
CREATE TABLE correction (
    measurement_id {uuid} NOT NULL REFERENCES measurement (id),
    version bigint NOT NULL,
    mantissa bigint NOT NULL,
    scale integer NOT NULL,
    reason text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (measurement_id, version)
);
