-- Whether a text carries a link: decided when it is planned, so that every attempt sends the same text.
ALTER TABLE patchbay.notice_delivery ADD COLUMN with_link boolean NOT NULL DEFAULT false;
