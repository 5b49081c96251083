-- A role without an organisation holds over one lane, or, where none is named, over both.
ALTER TABLE identity_membership ADD COLUMN lane TEXT CHECK (lane IS NULL OR (org IS NULL AND lane IN ('party', 'state')));
DROP INDEX identity_membership_open_all;
CREATE UNIQUE INDEX identity_membership_open_all ON identity_membership (person, role, COALESCE(lane, 'both')) WHERE valid_to IS NULL AND org IS NULL;
