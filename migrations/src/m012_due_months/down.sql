UPDATE rollup SET count = count - COALESCE(
    (SELECT sum(due.count) FROM rollup due WHERE due.figure = 'due' AND due.community_id = rollup.community_id AND due.subject = rollup.subject), 0
) WHERE figure = 'accepted';
INSERT INTO rollup (community_id, figure, subject, day, bucket, count)
SELECT community_id, 'accepted', subject, day, bucket, count FROM rollup WHERE figure = 'due';
DELETE FROM rollup WHERE figure IN ('due', 'due_month');
