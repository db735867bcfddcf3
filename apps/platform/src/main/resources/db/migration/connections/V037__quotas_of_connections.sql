-- How many accounts, and what hangs on them, one tenant may have (ADR 0041).
CALL patchbay.limit_rows('patchbay.connection', 1000);
CALL patchbay.limit_rows('patchbay.secret', 10000);
CALL patchbay.limit_rows('patchbay.binding', 20000);
CALL patchbay.limit_rows('patchbay.route', 20000);
CALL patchbay.limit_rows('patchbay.account_consent', 1000);
