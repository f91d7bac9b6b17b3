-- Photos and documents; their content lies in the store of files, under the id.
CREATE TABLE file (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    -- What is served, not what was said to be uploaded: `image/jpeg`, `image/png`, `application/pdf`.
    media text NOT NULL,
    bytes bigint NOT NULL,
    width integer,
    height integer,
    sha256 {bytes} NOT NULL,
    -- SHA-256 of the proof that one uploaded it.
    claim_hash {bytes} NOT NULL,
    owner_id {uuid} REFERENCES account (id),
    claimed_at bigint,
    -- What it belongs to, which says who may see it.
    community_id {uuid} REFERENCES community (id),
    subject_kind text,
    subject_id {uuid},
    -- Its place among the files of its subject.
    position integer NOT NULL,
    hidden_at bigint,
    created_at bigint NOT NULL
);
CREATE INDEX file_subject ON file (subject_kind, subject_id, position);
CREATE INDEX file_owner ON file (owner_id);
CREATE INDEX file_unclaimed ON file (created_at) WHERE claimed_at IS NULL;
