-- How many people, roles and keys one tenant may have (ADR 0041).
ALTER TABLE patchbay.custom_role
  ADD CONSTRAINT description_is_bounded CHECK (octet_length(description) <= 4000) NOT VALID;
CALL patchbay.limit_rows('patchbay.app_user', 10000);
CALL patchbay.limit_rows('patchbay.user_group', 2000);
CALL patchbay.limit_rows('patchbay.group_member', 50000);
CALL patchbay.limit_rows('patchbay.custom_role', 200);
CALL patchbay.limit_rows('patchbay.role_assignment', 20000);
CALL patchbay.limit_rows('patchbay.service_token', 2000, 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())');
CALL patchbay.limit_rows('patchbay.user_session', 20000, 'ended_at IS NULL AND idle_until > now()');
CALL patchbay.limit_rows('patchbay.invitation', 5000, 'accepted_at IS NULL AND revoked_at IS NULL');
