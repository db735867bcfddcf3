-- The rows that people add to usage by hand (ADR 0041); records follow the calls.
CALL patchbay.limit_rows('patchbay.usage_attribution', 20000);
CALL patchbay.limit_rows('patchbay.provider_invoice', 2000);
