-- People, accounts, memberships, sessions, tokens. Instants are microseconds, dates YYYY-MM-DD, yes/no 0/1.
CREATE TABLE identity_counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
-- Raised by every change of who may do what; nodes compare it on each request.
INSERT INTO identity_counter (name, value) VALUES ('grants', 1);
-- Raised where a wrong try has no account to be counted on, so that it costs the same write.
INSERT INTO identity_counter (name, value) VALUES ('tries', 0);

CREATE TABLE identity_person (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_key BYTEA NOT NULL,
  search_key TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  sample BIGINT NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
  created BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_person_by_name ON identity_person (name_key, id);

CREATE TABLE identity_account (
  id UUID PRIMARY KEY,
  person UUID NOT NULL UNIQUE REFERENCES identity_person (id),
  login TEXT NOT NULL,
  login_key TEXT NOT NULL UNIQUE,
  password TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'must_change_password', 'locked', 'disabled')),
  locked_until BIGINT,
  lock_reason TEXT,
  must_change BIGINT NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
  failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0),
  totp_secret BYTEA,
  totp_confirmed BIGINT,
  totp_counter BIGINT,
  last_sign_in BIGINT,
  created BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'locked') = (locked_until IS NOT NULL)),
  CHECK (totp_confirmed IS NULL OR totp_secret IS NOT NULL)
);

CREATE TABLE identity_recovery (
  account UUID NOT NULL REFERENCES identity_account (id),
  code_hash BYTEA NOT NULL,
  PRIMARY KEY (account, code_hash)
);

CREATE TABLE identity_link (
  id UUID PRIMARY KEY,
  account UUID NOT NULL REFERENCES identity_account (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  created BIGINT NOT NULL,
  UNIQUE (issuer, subject)
);
CREATE INDEX identity_link_by_account ON identity_link (account);

CREATE TABLE identity_membership (
  id UUID PRIMARY KEY,
  person UUID NOT NULL REFERENCES identity_person (id),
  org UUID,
  role TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to IS NULL OR valid_to >= valid_from),
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_membership_by_person ON identity_membership (person, valid_from, id);
CREATE INDEX identity_membership_by_org ON identity_membership (org, person);
-- One open membership of a kind at a time, also between two managers who give it at once.
CREATE UNIQUE INDEX identity_membership_open ON identity_membership (person, org, role) WHERE valid_to IS NULL AND org IS NOT NULL;
CREATE UNIQUE INDEX identity_membership_open_all ON identity_membership (person, role) WHERE valid_to IS NULL AND org IS NULL;

CREATE TABLE identity_session (
  id UUID PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  account UUID NOT NULL REFERENCES identity_account (id),
  stage TEXT NOT NULL CHECK (stage IN ('second_factor', 'full')),
  strong BIGINT NOT NULL CHECK (strong IN (0, 1)),
  agent TEXT NOT NULL,
  created BIGINT NOT NULL,
  last_seen BIGINT NOT NULL
);
CREATE INDEX identity_session_by_account ON identity_session (account, created, id);
CREATE INDEX identity_session_by_age ON identity_session (last_seen);

CREATE TABLE identity_token (
  id UUID PRIMARY KEY,
  account UUID NOT NULL REFERENCES identity_account (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash BYTEA NOT NULL UNIQUE,
  permissions TEXT NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  last_used BIGINT,
  revoked BIGINT
);
CREATE INDEX identity_token_by_account ON identity_token (account, created, id);
