-- When a target was dropped, so that a board of an earlier day still shows it.
ALTER TABLE targets_target ADD COLUMN dropped_at BIGINT;
-- Source files of a resolution: sentences are anchored to places in them.
CREATE TABLE targets_source (
  resolution UUID NOT NULL REFERENCES targets_resolution (id),
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by UUID,
  PRIMARY KEY (resolution, sha256)
);
