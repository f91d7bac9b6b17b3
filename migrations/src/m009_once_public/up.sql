-- Whether everybody could see it at some time: only then is it told that it is gone.
ALTER TABLE issue ADD COLUMN was_listed boolean NOT NULL DEFAULT false;
UPDATE issue SET was_listed = listed;
