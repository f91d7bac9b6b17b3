-- What waits for the main coordinator, of all communities.
CREATE INDEX issue_objection ON issue (community_id, number) WHERE objection_waits;
CREATE INDEX issue_untriaged ON issue (answer_by) WHERE state = 'reported';
