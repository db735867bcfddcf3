-- Limits of rows that people add by hand.
CALL patchbay.limit_rows('patchbay.plan', 1000);
CALL patchbay.limit_rows('patchbay.plan_version', 20000);
