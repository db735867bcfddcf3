-- Values of a step's input that were repaired or left out: one sentence each. Personal data may stand in them.
ALTER TABLE patchbay.step ADD COLUMN notes text[] NOT NULL DEFAULT '{}';
