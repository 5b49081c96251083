-- Who was shown somebody's personal data, what for and when: what a person sees on their own page. The history has
-- the same as changes; this is its index by person.
CREATE TABLE identity_sight (
  id UUID PRIMARY KEY,
  person UUID NOT NULL REFERENCES identity_person (id),
  viewer UUID NOT NULL REFERENCES identity_account (id),
  purpose TEXT NOT NULL,
  listed BIGINT NOT NULL CHECK (listed IN (0, 1)),
  at BIGINT NOT NULL
);
CREATE INDEX identity_sight_by_person ON identity_sight (person, at, id);
