-- Whether everybody may read it: of a coordinator, of an organisation whose words are public at once, or
-- once somebody of the community has taken up what was proposed.
ALTER TABLE task ADD COLUMN vetted boolean NOT NULL DEFAULT true;
ALTER TABLE task ADD COLUMN hidden_at bigint;
