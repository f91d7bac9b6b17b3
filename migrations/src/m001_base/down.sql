DROP TABLE idempotency;
DROP TABLE schedule_slot;
DROP TABLE job;
DROP TABLE event;
