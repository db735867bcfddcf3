-- One row for each user at most, so as many as there may be users (ADR 0041).
CALL patchbay.limit_rows('patchbay.notice_phone', 10000);
CALL patchbay.limit_rows('patchbay.notice_preference', 10000);
CALL patchbay.limit_rows('patchbay.notice_digest', 10000);
