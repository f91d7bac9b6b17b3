-- Accepted tasks are counted in one row, and by the day and by the month they are due: what is overdue is
-- summed over whole months and the days of the present one.
INSERT INTO rollup (community_id, figure, subject, day, bucket, count)
SELECT community_id, 'due', subject, day, bucket, count FROM rollup WHERE figure = 'accepted' AND day <> '9999-12-31';
-- only sqlite
INSERT INTO rollup (community_id, figure, subject, day, bucket, count)
SELECT community_id, 'due_month', subject, date(day, 'start of month'), bucket, sum(count) FROM rollup
WHERE figure = 'due' GROUP BY community_id, subject, date(day, 'start of month'), bucket;
-- only postgres
INSERT INTO rollup (community_id, figure, subject, day, bucket, count)
SELECT community_id, 'due_month', subject, CAST(date_trunc('month', day) AS date), bucket, sum(count) FROM rollup
WHERE figure = 'due' GROUP BY community_id, subject, CAST(date_trunc('month', day) AS date), bucket;
INSERT INTO rollup (community_id, figure, subject, day, bucket, count)
SELECT community_id, 'accepted', subject, '9999-12-31', bucket, sum(count) FROM rollup
WHERE figure = 'due' GROUP BY community_id, subject, bucket
ON CONFLICT (community_id, figure, subject, day, bucket) DO UPDATE SET count = rollup.count + excluded.count;
DELETE FROM rollup WHERE figure = 'accepted' AND day <> '9999-12-31';
