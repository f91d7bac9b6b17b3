DROP TABLE correction;
DROP TABLE measurement;
DROP TABLE indicator;
