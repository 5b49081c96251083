CREATE TABLE t_org (
  id UUID PRIMARY KEY,
  parent UUID REFERENCES t_org (id),
  name TEXT NOT NULL
);
CREATE TABLE t_file (
  org UUID NOT NULL REFERENCES t_org (id),
  place BIGINT NOT NULL,
  hash TEXT,
  raw BYTEA,
  PRIMARY KEY (org, place)
);
