-- Which of our acts an event is the echo of, found by the provider's id of what was made.

ALTER TABLE patchbay.run ADD COLUMN depth int NOT NULL DEFAULT 0;  -- how many runs of ours led to its event

-- A column, not an index on the expression: behind row-level security only leakproof conditions reach an index, and ->> is none.
ALTER TABLE patchbay.effect ADD COLUMN provider_id text GENERATED ALWAYS AS (response ->> 'providerId') STORED;
CREATE INDEX effect_by_provider_id ON patchbay.effect (tenant_id, provider_id) WHERE provider_id IS NOT NULL;
