-- Figures, counted in the write that changes them: what a dashboard shows costs a few rows.
-- `subject` is what the figure is told by (a state, a category, a group, a sector); `day` is a local
-- day of the community or the first of its month, 9999-12-31 where none is meant; `bucket` is one of
-- durations.
-- only sqlite
CREATE TABLE rollup (
    community_id {uuid} NOT NULL REFERENCES community (id),
    figure text NOT NULL,
    subject text NOT NULL,
    day date NOT NULL,
    bucket integer NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (community_id, figure, subject, day, bucket)
) WITHOUT ROWID;
-- only postgres
CREATE TABLE rollup (
    community_id {uuid} NOT NULL REFERENCES community (id),
    figure text NOT NULL,
    subject text NOT NULL,
    day date NOT NULL,
    bucket integer NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (community_id, figure, subject, day, bucket)
);
