-- Time in which no process worked on a run counts against none of its time limits: a process died, none was alive, none had room, or
-- the effect that a dead process had claimed could not be claimed yet.

ALTER TABLE patchbay.run ADD COLUMN absent_from timestamptz;                -- null: it waits for a person, or is older than this column
ALTER TABLE patchbay.run ADD COLUMN absence_ms bigint NOT NULL DEFAULT 0;   -- of this pass, so far
ALTER TABLE patchbay.step ADD COLUMN absence_ms bigint NOT NULL DEFAULT 0;  -- its run's, when it began
