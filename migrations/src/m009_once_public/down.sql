ALTER TABLE issue DROP COLUMN was_listed;
