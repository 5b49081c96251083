-- How an organisation is reached, half-open stretches; an empty text: not known.
CREATE TABLE registry_contact (
  org UUID NOT NULL REFERENCES registry_org (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT CHECK (valid_to > valid_from),
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  website TEXT NOT NULL,
  act TEXT,
  act_date TEXT,
  trust TEXT,
  PRIMARY KEY (org, valid_from),
  CHECK (address <> '' OR phone <> '' OR email <> '' OR website <> '')
);
CREATE UNIQUE INDEX registry_contact_running ON registry_contact (org) WHERE valid_to IS NULL;
