CREATE TABLE store_change (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tx BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'program')),
  actor_id UUID,
  noun TEXT NOT NULL,
  thing UUID NOT NULL,
  verb TEXT NOT NULL,
  topic TEXT COLLATE "C" NOT NULL,
  org UUID,
  before TEXT NOT NULL,
  after TEXT NOT NULL
);
CREATE INDEX store_change_order ON store_change (tx, seq);
CREATE INDEX store_change_thing ON store_change (thing, seq);
CREATE INDEX store_change_org ON store_change (org, seq);
CREATE INDEX store_change_topic ON store_change (topic, seq);
CREATE TABLE store_counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
CREATE TABLE store_place (
  listener TEXT PRIMARY KEY,
  tx BIGINT NOT NULL,
  seq BIGINT NOT NULL
);
CREATE TABLE store_parked (
  listener TEXT NOT NULL,
  seq BIGINT NOT NULL,
  reason TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  parked_at BIGINT NOT NULL,
  PRIMARY KEY (listener, seq)
);
CREATE TABLE store_job (
  name TEXT PRIMARY KEY,
  due BIGINT NOT NULL,
  runner TEXT,
  lease_until BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  failures BIGINT NOT NULL,
  trouble TEXT
);
