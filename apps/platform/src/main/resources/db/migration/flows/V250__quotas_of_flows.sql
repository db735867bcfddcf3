-- How many flows and versions one tenant may have (ADR 0041). Runs and what belongs to them are history: their number follows the calls.
CALL patchbay.limit_rows('patchbay.flow', 1000);
CALL patchbay.limit_rows('patchbay.flow_version', 20000);
CALL patchbay.limit_rows('patchbay.flow_assignment', 20000);
CALL patchbay.limit_rows('patchbay.flow_promotion', 100000);
