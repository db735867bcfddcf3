-- One sentence on each value of a step's input that was read otherwise than written, or left out. Personal data may stand in them.
ALTER TABLE patchbay.step ADD COLUMN notes text[] NOT NULL DEFAULT '{}';
