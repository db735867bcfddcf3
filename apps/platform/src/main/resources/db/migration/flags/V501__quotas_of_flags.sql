-- How many entries of feature flags one tenant may have (ADR 0041).
CALL patchbay.limit_rows('patchbay.flag_allow', 10000);
CALL patchbay.limit_rows('patchbay.flag_switch', 1000);
CALL patchbay.limit_rows('patchbay.flag_change', 50000);
