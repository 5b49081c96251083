-- Which state of the registry this is: every write counts it up, and expects the count it was decided on.
CREATE TABLE registry_meta (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  revision BIGINT NOT NULL
);
INSERT INTO registry_meta (id, revision) VALUES (1, 0);

-- One legal existence of an organisation. Ended, never deleted.
CREATE TABLE registry_org (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL,
  level BIGINT NOT NULL CHECK (level >= 0 AND level <= 9),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  founding_act TEXT,
  founding_date TEXT,
  ending_act TEXT,
  ending_date TEXT,
  version BIGINT NOT NULL CHECK (version >= 1)
);

-- Names, half-open stretches. The partial index keeps two running stretches apart even if the program erred.
CREATE TABLE registry_name (
  org UUID NOT NULL REFERENCES registry_org (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key BYTEA NOT NULL,
  name_fold TEXT NOT NULL,
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, valid_from)
);
CREATE UNIQUE INDEX registry_name_running ON registry_name (org) WHERE valid_to IS NULL;

CREATE TABLE registry_parent (
  org UUID NOT NULL REFERENCES registry_org (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  parent UUID NOT NULL REFERENCES registry_org (id),
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, valid_from),
  CHECK (parent <> org)
);
CREATE UNIQUE INDEX registry_parent_running ON registry_parent (org) WHERE valid_to IS NULL;

CREATE TABLE registry_abbrev (
  org UUID NOT NULL REFERENCES registry_org (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  abbrev TEXT NOT NULL CHECK (abbrev <> ''),
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, valid_from)
);
CREATE UNIQUE INDEX registry_abbrev_running ON registry_abbrev (org) WHERE valid_to IS NULL;

CREATE TABLE registry_territory (
  org UUID NOT NULL REFERENCES registry_org (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  class TEXT NOT NULL,
  name TEXT NOT NULL,
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, valid_from)
);
CREATE UNIQUE INDEX registry_territory_running ON registry_territory (org) WHERE valid_to IS NULL;

-- Codes: (scheme, value, day) names one organisation; value_key is the value in capitals.
CREATE TABLE registry_code (
  org UUID NOT NULL REFERENCES registry_org (id),
  scheme TEXT NOT NULL CHECK (scheme <> ''),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  value TEXT NOT NULL CHECK (value <> ''),
  value_key TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'closed', 'test')),
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, scheme, valid_from)
);
CREATE UNIQUE INDEX registry_code_running ON registry_code (scheme, value_key) WHERE valid_to IS NULL AND status <> 'test';

-- Who follows whom, in what.
CREATE TABLE registry_succession (
  from_org UUID NOT NULL REFERENCES registry_org (id),
  to_org UUID NOT NULL REFERENCES registry_org (id),
  effective TEXT NOT NULL,
  share TEXT NOT NULL CHECK (share IN ('all', 'part')),
  functions TEXT NOT NULL,
  territory TEXT NOT NULL,
  is_default BIGINT NOT NULL CHECK (is_default IN (0, 1)),
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (from_org, to_org, effective),
  CHECK (from_org <> to_org)
);
