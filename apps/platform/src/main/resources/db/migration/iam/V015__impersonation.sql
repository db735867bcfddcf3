-- Columns and tables take the names of the code: impersonation instead of support, pending sign-ins instead of attempts.

ALTER TABLE patchbay.user_session RENAME COLUMN support_by TO impersonator_id;
ALTER TABLE patchbay.user_session RENAME COLUMN support_name TO impersonator_name;
ALTER TABLE patchbay.user_session RENAME COLUMN support_reason TO impersonation_reason;
ALTER TABLE patchbay.user_session RENAME COLUMN support_session TO impersonator_session_id;
COMMENT ON COLUMN patchbay.user_session.impersonator_id IS
  'Operator of the platform who acts as the user; null in the user''s own session.';
COMMENT ON COLUMN patchbay.user_session.impersonator_session_id IS
  'The operator''s own session; the impersonation ends with it.';

ALTER TABLE patchbay.sign_in_attempt RENAME TO pending_sign_in;
ALTER INDEX patchbay.sign_in_attempt_pkey RENAME TO pending_sign_in_pkey;
ALTER INDEX patchbay.sign_in_attempt_expiry RENAME TO pending_sign_in_expiry;
ALTER POLICY attempt_door ON patchbay.pending_sign_in RENAME TO pending_sign_in_door;

-- A function cannot be replaced by one that returns other columns.
DROP FUNCTION patchbay.use_session(bytea, timestamptz, bigint);
CREATE FUNCTION patchbay.use_session(wanted bytea, moment timestamptz, idle_seconds bigint)
RETURNS TABLE (tenant_id text, session_id text, user_id text, impersonator_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  -- The last use is recorded to the minute: a finer record would be a write for every request.
  UPDATE patchbay.user_session s
  SET seen_at = moment, idle_until = least(moment + idle_seconds * interval '1 second', s.absolute_until)
  WHERE s.hash = wanted AND s.ended_at IS NULL AND s.idle_until > moment AND s.absolute_until > moment
    AND s.seen_at < moment - interval '1 minute';
  -- The user has to be active. An impersonation also needs an active operator, whose own session has not ended.
  SELECT s.tenant_id, s.session_id, s.user_id, s.impersonator_id FROM patchbay.user_session s
  JOIN patchbay.app_user u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id AND u.state = 'active'
  WHERE s.hash = wanted AND s.ended_at IS NULL AND s.idle_until > moment AND s.absolute_until > moment
    AND (s.impersonator_id IS NULL OR EXISTS (
      SELECT FROM patchbay.app_user o
      JOIN patchbay.user_session p ON p.tenant_id = o.tenant_id AND p.user_id = o.user_id
        AND p.session_id = s.impersonator_session_id AND p.ended_at IS NULL AND p.absolute_until > moment
      WHERE o.tenant_id = 'tnt_platform' AND o.user_id = s.impersonator_id AND o.state = 'active'));
END;
CALL patchbay.hang_door('patchbay.use_session(bytea, timestamptz, bigint)', 'patchbay_doorkeeper');
