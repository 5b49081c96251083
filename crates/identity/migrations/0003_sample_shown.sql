-- Above 0: the sample's accounts were made, but nobody may have seen their passwords yet. Raised by every new set of them.
INSERT INTO identity_counter (name, value) VALUES ('sample_unshown', 0);
