DROP TABLE commitment;
DROP TABLE offer;
DROP TABLE task;
