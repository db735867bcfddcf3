-- How many plans one tenant may have (ADR 0041).
CALL patchbay.limit_rows('patchbay.plan', 1000);
CALL patchbay.limit_rows('patchbay.plan_version', 20000);
