DROP TABLE attempt;
DROP TABLE mailed_link;
DROP TABLE session;
DROP TABLE account;
