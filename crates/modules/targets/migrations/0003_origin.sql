-- Through which resolution an observation came: a measure may serve several, and the file of each carries its own.
ALTER TABLE targets_observation ADD COLUMN resolution UUID;
-- How a plain number was written, where its usual writing is another ("05", "4600"); other values keep it in `body`.
ALTER TABLE targets_observation ADD COLUMN written TEXT;
-- What is there already belongs to the resolution of its measure where there is only one; else it stays open.
UPDATE targets_observation SET resolution =
  (SELECT u.resolution FROM targets_use u WHERE u.measure = targets_observation.measure)
  WHERE (SELECT COUNT(*) FROM targets_use u WHERE u.measure = targets_observation.measure) = 1;
