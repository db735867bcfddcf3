-- An effect's origin is a run (run_…), a live call (live:<call id>) or the release of a hold (hold:<hold id>), and its place
-- is a step's pointer or a function's name: the columns were named as if only runs had effects. The stored texts stay.

ALTER TABLE patchbay.effect RENAME COLUMN run_id TO origin;
ALTER TABLE patchbay.effect RENAME COLUMN step_id TO place;
ALTER INDEX patchbay.effect_by_run RENAME TO effect_by_origin;
