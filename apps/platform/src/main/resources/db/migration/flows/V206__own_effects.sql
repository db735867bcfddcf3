-- Which of our acts an event is the echo of, found by the provider's id of what was made.

ALTER TABLE patchbay.run ADD COLUMN depth int NOT NULL DEFAULT 0;  -- how many runs of ours led to its event
