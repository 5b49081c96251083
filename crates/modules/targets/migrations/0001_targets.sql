CREATE TABLE targets_resolution (
  id UUID PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  org UUID NOT NULL REFERENCES registry_org (id),
  lane TEXT NOT NULL CHECK (lane IN ('party', 'state')),
  title TEXT NOT NULL,
  title_en TEXT NOT NULL,
  term_from TEXT NOT NULL,
  term_to TEXT NOT NULL,
  header TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'in-force', 'closed')),
  is_sample BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CHECK (term_from < term_to)
);
CREATE INDEX targets_resolution_org ON targets_resolution (org, code);

CREATE TABLE targets_sentence (
  id UUID PRIMARY KEY,
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  position BIGINT NOT NULL,
  code TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('resolved', 'directive', 'reported', 'stated')),
  text TEXT NOT NULL,
  text_en TEXT NOT NULL,
  parent TEXT NOT NULL,
  speaker TEXT NOT NULL,
  anchor TEXT,
  UNIQUE (resolution, code),
  UNIQUE (resolution, position)
);

CREATE TABLE targets_measure (
  id UUID PRIMARY KEY,
  org UUID NOT NULL REFERENCES registry_org (id),
  code TEXT NOT NULL,
  definition TEXT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (org, code)
);

CREATE TABLE targets_use (
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  position BIGINT NOT NULL,
  measure UUID NOT NULL REFERENCES targets_measure (id),
  PRIMARY KEY (resolution, position),
  UNIQUE (resolution, measure)
);
CREATE INDEX targets_use_measure ON targets_use (measure, resolution);

CREATE TABLE targets_target (
  id UUID PRIMARY KEY,
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  position BIGINT NOT NULL,
  code TEXT NOT NULL,
  sentence TEXT NOT NULL,
  owner UUID NOT NULL REFERENCES registry_org (id),
  definition TEXT NOT NULL,
  version BIGINT NOT NULL,
  dropped TEXT,
  UNIQUE (resolution, code)
);

CREATE TABLE targets_definition (
  target UUID NOT NULL REFERENCES targets_target (id),
  version BIGINT NOT NULL,
  definition TEXT NOT NULL,
  defined_at BIGINT NOT NULL,
  defined_by UUID,
  why TEXT NOT NULL,
  PRIMARY KEY (target, version)
);

CREATE TABLE targets_observation (
  id UUID PRIMARY KEY,
  measure UUID NOT NULL REFERENCES targets_measure (id),
  kind TEXT NOT NULL,
  num BIGINT,
  den BIGINT,
  qualifier TEXT,
  word TEXT,
  body TEXT,
  as_of TEXT NOT NULL,
  period TEXT NOT NULL,
  unit TEXT NOT NULL,
  event TEXT NOT NULL,
  sentence TEXT NOT NULL,
  note TEXT NOT NULL,
  evidence TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by UUID,
  approved_at BIGINT,
  approved_by UUID,
  withdrawn_at BIGINT,
  withdrawn_by UUID,
  withdrawn_why TEXT,
  replaces UUID,
  version BIGINT NOT NULL,
  CHECK ((num IS NULL) = (den IS NULL)),
  CHECK (den IS NULL OR den > 0)
);
CREATE INDEX targets_observation_measure ON targets_observation (measure, recorded_at, id);
CREATE UNIQUE INDEX targets_observation_same ON targets_observation (measure, as_of, period, unit, event, sentence)
  WHERE withdrawn_at IS NULL;

CREATE TABLE targets_evidence (
  id UUID PRIMARY KEY,
  observation UUID NOT NULL REFERENCES targets_observation (id),
  position BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('told', 'file', 'record')),
  title TEXT NOT NULL,
  href TEXT NOT NULL,
  blob TEXT,
  size BIGINT,
  mime TEXT,
  added_at BIGINT NOT NULL
);
CREATE INDEX targets_evidence_observation ON targets_evidence (observation, position);

CREATE TABLE targets_claim (
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  position BIGINT NOT NULL,
  target TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (resolution, position)
);

CREATE TABLE targets_scheme (
  code TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE targets_crosswalk (
  id UUID PRIMARY KEY,
  from_scheme TEXT NOT NULL,
  from_grade TEXT NOT NULL,
  to_scheme TEXT NOT NULL,
  to_grade TEXT NOT NULL,
  signed TEXT NOT NULL,
  signed_by UUID,
  signed_at BIGINT NOT NULL,
  UNIQUE (from_scheme, from_grade, to_scheme)
);

CREATE TABLE targets_stamp (
  org UUID PRIMARY KEY,
  stamp BIGINT NOT NULL
);

CREATE TABLE targets_touch (
  org UUID NOT NULL,
  stamp BIGINT NOT NULL,
  measure UUID NOT NULL,
  PRIMARY KEY (org, stamp, measure)
);

CREATE TABLE targets_review (
  id UUID PRIMARY KEY,
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  period TEXT NOT NULL,
  cutoff TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'collected', 'approved', 'frozen')),
  opened_by UUID,
  opened_at BIGINT NOT NULL,
  collected_by UUID,
  collected_at BIGINT,
  approved_by UUID,
  approved_at BIGINT,
  frozen_by UUID,
  frozen_at BIGINT,
  frozen BIGINT,
  version BIGINT NOT NULL,
  UNIQUE (resolution, period),
  CHECK (approved_by IS NULL OR (collected_by IS NOT NULL AND approved_by <> collected_by)),
  CHECK ((state = 'open') = (collected_by IS NULL)),
  CHECK (state NOT IN ('approved', 'frozen') OR approved_by IS NOT NULL),
  CHECK ((state = 'frozen') = (frozen IS NOT NULL))
);

CREATE TABLE targets_frozen (
  review UUID NOT NULL REFERENCES targets_review (id),
  number BIGINT NOT NULL,
  body TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  frozen_by UUID,
  frozen_at BIGINT NOT NULL,
  PRIMARY KEY (review, number)
);

CREATE TABLE targets_cause (
  review UUID NOT NULL REFERENCES targets_review (id),
  target UUID NOT NULL REFERENCES targets_target (id),
  kind TEXT NOT NULL CHECK (kind IN ('resources', 'rules', 'coordination', 'objective', 'no-data', 'other')),
  cause TEXT NOT NULL,
  remedy TEXT NOT NULL,
  written_by UUID,
  written_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (review, target)
);

CREATE TABLE targets_passage (
  review UUID NOT NULL REFERENCES targets_review (id),
  section TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by UUID,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (review, section)
);

CREATE TABLE targets_report (
  id UUID PRIMARY KEY,
  review UUID NOT NULL REFERENCES targets_review (id),
  number BIGINT NOT NULL,
  frozen BIGINT NOT NULL,
  series TEXT NOT NULL,
  drawn BIGINT NOT NULL,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  changed TEXT NOT NULL,
  issued_by UUID,
  issued_at BIGINT NOT NULL,
  UNIQUE (review, number),
  UNIQUE (series, drawn)
);
