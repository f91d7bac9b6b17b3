CREATE TABLE task (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    state text NOT NULL,
    title_id {uuid} NOT NULL REFERENCES wording (id),
    result_id {uuid} NOT NULL REFERENCES wording (id),
    -- The sector wanted; any when null.
    sector text,
    -- The holder's sector, or while nobody has it the one wanted: what lists filter by.
    shown_sector text,
    -- There exactly while the task is accepted or further.
    holder_id {uuid} REFERENCES organisation (id),
    -- The holder's member who does it.
    assignee_id {uuid} REFERENCES account (id),
    due date,
    -- The indicator it is meant to move.
    indicator_id {uuid},
    -- What blocks it; null when nothing does.
    blocked_id {uuid} REFERENCES wording (id),
    open_offers bigint NOT NULL,
    -- What the holder said when it was done.
    note_id {uuid} REFERENCES wording (id),
    done_at bigint,
    verified_by text,
    verified_at bigint,
    -- Why it was returned, released, recalled or cancelled last.
    reason_id {uuid} REFERENCES wording (id),
    -- Who made it; where it was proposed, for which organisation.
    created_by {uuid} REFERENCES account (id),
    proposed_by {uuid} REFERENCES organisation (id),
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    version bigint NOT NULL,
    touched bigint NOT NULL
);
CREATE INDEX task_issue ON task (issue_id, id);
CREATE INDEX task_newest ON task (community_id, id, state, shown_sector, holder_id);
CREATE INDEX task_changed ON task (community_id, changed_at, id, state, shown_sector, holder_id);
-- Those without a day come last.
CREATE INDEX task_due ON task (community_id, COALESCE(due, '9999-12-31'), id, state, shown_sector, holder_id);
CREATE INDEX task_state ON task (community_id, state, changed_at, id);
CREATE INDEX task_holder ON task (holder_id, state, due, id) WHERE holder_id IS NOT NULL;
CREATE INDEX task_assignee ON task (assignee_id, state) WHERE assignee_id IS NOT NULL;
CREATE INDEX task_indicator ON task (indicator_id, id) WHERE indicator_id IS NOT NULL;
CREATE INDEX task_note ON task (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX task_unverified ON task (done_at) WHERE state = 'done';

-- One organisation is to take one task.
CREATE TABLE offer (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    task_id {uuid} NOT NULL REFERENCES task (id),
    organisation_id {uuid} NOT NULL REFERENCES organisation (id),
    -- Who made it; the other side answers.
    side text NOT NULL,
    state text NOT NULL,
    -- The last day to answer, and the moment it is over in the community's time zone.
    answer_by date NOT NULL,
    answer_until bigint NOT NULL,
    note_id {uuid} NOT NULL REFERENCES wording (id),
    -- Why it was declined.
    reason_id {uuid} REFERENCES wording (id),
    made_by {uuid} REFERENCES account (id),
    made_at bigint NOT NULL,
    -- When the next reminder is due; null when there is none to come.
    remind_at bigint,
    ended_at bigint,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX offer_task_id_key ON offer (task_id, organisation_id) WHERE state = 'open';
CREATE INDEX offer_task ON offer (task_id, id);
CREATE INDEX offer_organisation ON offer (organisation_id, state, side, answer_until, id);
CREATE INDEX offer_community ON offer (community_id, side, answer_until, id) WHERE state = 'open';
CREATE INDEX offer_expiring ON offer (answer_until) WHERE state = 'open';
CREATE INDEX offer_reminding ON offer (remind_at) WHERE state = 'open' AND remind_at IS NOT NULL;

-- What an organisation or a person puts into an issue or a task of it.
CREATE TABLE commitment (
    id {uuid} NOT NULL PRIMARY KEY,
    community_id {uuid} NOT NULL REFERENCES community (id),
    issue_id {uuid} NOT NULL REFERENCES issue (id),
    task_id {uuid} REFERENCES task (id),
    -- Null for a person's own.
    organisation_id {uuid} REFERENCES organisation (id),
    -- Who made it; null once the account is erased.
    account_id {uuid} REFERENCES account (id),
    -- Of the organisation; a person's is `citizens`.
    sector text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    -- Minor units of money, hours, people, pieces: as promised and as delivered.
    planned bigint NOT NULL,
    delivered bigint,
    currency text,
    unit text,
    -- Whether its words may be public before its receiver has accepted it.
    at_once boolean NOT NULL DEFAULT false,
    words_id {uuid} NOT NULL REFERENCES wording (id),
    -- Why it was declined or withdrawn.
    reason_id {uuid} REFERENCES wording (id),
    -- What the giver said of the delivery.
    note_id {uuid} REFERENCES wording (id),
    confirmation text,
    offered_at bigint NOT NULL,
    accepted_at bigint,
    delivered_at bigint,
    changed_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX commitment_issue ON commitment (issue_id, offered_at, id);
CREATE INDEX commitment_task ON commitment (task_id, offered_at, id) WHERE task_id IS NOT NULL;
CREATE INDEX commitment_community ON commitment (community_id, state, id);
CREATE INDEX commitment_organisation ON commitment (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX commitment_unconfirmed ON commitment (delivered_at) WHERE confirmation = 'waiting';
