DROP TABLE rollup;
