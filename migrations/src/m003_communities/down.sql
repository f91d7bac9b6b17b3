DROP TABLE category;
DROP TABLE invitation;
DROP TABLE member;
DROP TABLE organisation_area;
DROP TABLE organisation;
DROP TABLE community_role;
DROP TABLE community;
