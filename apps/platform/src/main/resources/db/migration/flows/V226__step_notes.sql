-- What was read otherwise than written in a step's input, or left out of it: one sentence each. Personal data may stand in them.
ALTER TABLE patchbay.step ADD COLUMN notes text[] NOT NULL DEFAULT '{}';
