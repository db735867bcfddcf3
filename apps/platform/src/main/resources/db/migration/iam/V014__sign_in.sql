-- Sign-in: who people are at their issuer, their sessions, invitations, and sign-ins under way. Only hashes of secrets are kept.

-- Who a user is at the OIDC issuer: never known by e-mail address, which changes hands.
CREATE TABLE patchbay.user_identity (
  tenant_id    text NOT NULL,
  user_id      text NOT NULL,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  bound_at     timestamptz NOT NULL,
  signed_in_at timestamptz,
  PRIMARY KEY (tenant_id, user_id),
  UNIQUE (tenant_id, issuer, subject),
  FOREIGN KEY (tenant_id, user_id) REFERENCES patchbay.app_user
);
CREATE INDEX user_identity_person ON patchbay.user_identity (issuer, subject);
SELECT patchbay.wall('patchbay.user_identity', 'SELECT, INSERT, UPDATE');

-- support_*: somebody of the platform acts for the user; support_session is the session they came from.
CREATE TABLE patchbay.user_session (
  tenant_id       text NOT NULL,
  session_id      text NOT NULL,
  hash            bytea NOT NULL UNIQUE,  -- of 32 random bytes
  user_id         text NOT NULL,
  created_at      timestamptz NOT NULL,
  seen_at         timestamptz NOT NULL,
  idle_until      timestamptz NOT NULL,
  absolute_until  timestamptz NOT NULL,
  ended_at        timestamptz,
  source_ip       text NOT NULL,
  user_agent      text NOT NULL,
  support_by      text,
  support_name    text,
  support_reason  text,
  support_session text,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES patchbay.app_user
);
CREATE INDEX user_session_user ON patchbay.user_session (tenant_id, user_id);
SELECT patchbay.wall('patchbay.user_session', 'SELECT, INSERT, UPDATE');

CREATE TABLE patchbay.invitation (
  tenant_id     text NOT NULL,
  invitation_id text NOT NULL,
  user_id       text NOT NULL,
  hash          bytea NOT NULL UNIQUE,
  invited_by    text NOT NULL,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  accepted_at   timestamptz,
  revoked_at    timestamptz,
  PRIMARY KEY (tenant_id, invitation_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES patchbay.app_user
);
CREATE INDEX invitation_user ON patchbay.invitation (tenant_id, user_id);
CREATE INDEX invitation_age ON patchbay.invitation (tenant_id, created_at);
-- One link at a time: no forgotten one lets somebody in after the others were taken back.
CREATE UNIQUE INDEX invitation_open ON patchbay.invitation (tenant_id, user_id)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
SELECT patchbay.wall('patchbay.invitation', 'SELECT, INSERT, UPDATE');

-- A sign-in under way belongs to no tenant yet, and is taken once. State, nonce and PKCE verifier are derived from the
-- browser's secret, so nothing here lets anybody finish it.
CREATE TABLE patchbay.sign_in_attempt (
  state_hash bytea PRIMARY KEY,
  goal       text NOT NULL,
  invitation bytea,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_expiry ON patchbay.sign_in_attempt (expires_at);
ALTER TABLE patchbay.sign_in_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE patchbay.sign_in_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY attempt_door ON patchbay.sign_in_attempt TO patchbay_doorkeeper USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE, UPDATE (expires_at) ON patchbay.sign_in_attempt TO patchbay_doorkeeper;

CREATE FUNCTION patchbay.begin_sign_in(state bytea, wanted text, invited bytea, moment timestamptz, ends timestamptz)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  -- A portion of those that are over, so that many who begin at once do not wait for each other. FOR UPDATE needs the right to.
  WITH ended AS MATERIALIZED (
    SELECT a.state_hash FROM patchbay.sign_in_attempt a
    WHERE a.expires_at <= moment ORDER BY a.expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)
  DELETE FROM patchbay.sign_in_attempt a USING ended WHERE a.state_hash = ended.state_hash;
  INSERT INTO patchbay.sign_in_attempt (state_hash, goal, invitation, expires_at) VALUES (state, wanted, invited, ends);
END;
CALL patchbay.hang_door('patchbay.begin_sign_in(bytea, text, bytea, timestamptz, timestamptz)', 'patchbay_doorkeeper');

CREATE FUNCTION patchbay.take_sign_in(state bytea, moment timestamptz)
RETURNS TABLE (goal text, invitation bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  DELETE FROM patchbay.sign_in_attempt a WHERE a.state_hash = state AND a.expires_at > moment
  RETURNING a.goal, a.invitation;
END;
CALL patchbay.hang_door('patchbay.take_sign_in(bytea, timestamptz)', 'patchbay_doorkeeper');

-- The agencies where somebody is a user. Who asks has shown that they are that somebody.
CREATE POLICY identity_door ON patchbay.user_identity FOR SELECT TO patchbay_doorkeeper USING (true);
CREATE POLICY user_door ON patchbay.app_user FOR SELECT TO patchbay_doorkeeper USING (true);
CREATE POLICY tenant_door ON patchbay.tenant FOR SELECT TO patchbay_doorkeeper USING (true);
GRANT SELECT (tenant_id, user_id, issuer, subject, signed_in_at) ON patchbay.user_identity TO patchbay_doorkeeper;
GRANT SELECT (tenant_id, user_id, state) ON patchbay.app_user TO patchbay_doorkeeper;
GRANT SELECT (tenant_id, name) ON patchbay.tenant TO patchbay_doorkeeper;

CREATE FUNCTION patchbay.users_of(at_issuer text, as_subject text)
RETURNS TABLE (tenant_id text, tenant_name text, user_id text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT i.tenant_id, t.name, i.user_id, u.state
  FROM patchbay.user_identity i
  JOIN patchbay.app_user u ON u.tenant_id = i.tenant_id AND u.user_id = i.user_id
  JOIN patchbay.tenant t ON t.tenant_id = i.tenant_id
  WHERE i.issuer = at_issuer AND i.subject = as_subject
  ORDER BY i.signed_in_at DESC NULLS LAST, i.tenant_id;
END;
CALL patchbay.hang_door('patchbay.users_of(text, text)', 'patchbay_doorkeeper');

CREATE POLICY invitation_door ON patchbay.invitation FOR SELECT TO patchbay_doorkeeper USING (true);
GRANT SELECT (tenant_id, invitation_id, hash, expires_at, accepted_at, revoked_at) ON patchbay.invitation TO patchbay_doorkeeper;
CREATE FUNCTION patchbay.find_invitation(wanted bytea, moment timestamptz)
RETURNS TABLE (tenant_id text, invitation_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT i.tenant_id, i.invitation_id FROM patchbay.invitation i
  WHERE i.hash = wanted AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > moment;
END;
CALL patchbay.hang_door('patchbay.find_invitation(bytea, timestamptz)', 'patchbay_doorkeeper');

-- Every request of a session passes here: it holds while neither time is over, and its user, and whoever acts for them, may
-- sign in; who acts for somebody does so while the session lasts that they came from. When it was seen is noted to the minute: more would be a write for every request.
CREATE POLICY session_door ON patchbay.user_session FOR SELECT TO patchbay_doorkeeper USING (true);
CREATE POLICY session_use ON patchbay.user_session FOR UPDATE TO patchbay_doorkeeper USING (true);
GRANT SELECT (tenant_id, session_id, hash, user_id, seen_at, idle_until, absolute_until, ended_at, support_by, support_session),
  UPDATE (seen_at, idle_until) ON patchbay.user_session TO patchbay_doorkeeper;
CREATE FUNCTION patchbay.use_session(wanted bytea, moment timestamptz, idle_seconds bigint)
RETURNS TABLE (tenant_id text, session_id text, user_id text, support_by text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE patchbay.user_session s
  SET seen_at = moment, idle_until = least(moment + idle_seconds * interval '1 second', s.absolute_until)
  WHERE s.hash = wanted AND s.ended_at IS NULL AND s.idle_until > moment AND s.absolute_until > moment
    AND s.seen_at < moment - interval '1 minute';
  SELECT s.tenant_id, s.session_id, s.user_id, s.support_by FROM patchbay.user_session s
  JOIN patchbay.app_user u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id AND u.state = 'active'
  WHERE s.hash = wanted AND s.ended_at IS NULL AND s.idle_until > moment AND s.absolute_until > moment
    AND (s.support_by IS NULL OR EXISTS (
      SELECT FROM patchbay.app_user o
      JOIN patchbay.user_session p ON p.tenant_id = o.tenant_id AND p.user_id = o.user_id
        AND p.session_id = s.support_session AND p.ended_at IS NULL AND p.absolute_until > moment
      WHERE o.tenant_id = 'tnt_platform' AND o.user_id = s.support_by AND o.state = 'active'));
END;
CALL patchbay.hang_door('patchbay.use_session(bytea, timestamptz, bigint)', 'patchbay_doorkeeper');

-- What is over is let go of in time; what became of it is in the audit trail.
CREATE POLICY janitor_sessions ON patchbay.user_session TO patchbay_janitor USING (true);
CREATE POLICY janitor_invitations ON patchbay.invitation TO patchbay_janitor USING (true);
GRANT SELECT (tenant_id, session_id, idle_until, absolute_until, ended_at), DELETE ON patchbay.user_session TO patchbay_janitor;
GRANT SELECT (tenant_id, invitation_id, expires_at, accepted_at, revoked_at), DELETE ON patchbay.invitation TO patchbay_janitor;
CREATE FUNCTION patchbay.prune_sign_ins(before timestamptz, most int) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH ended AS MATERIALIZED (
    SELECT s.tenant_id, s.session_id FROM patchbay.user_session s
    WHERE least(s.ended_at, s.idle_until, s.absolute_until) < before LIMIT most),
  sessions AS (
    DELETE FROM patchbay.user_session s USING ended
    WHERE s.tenant_id = ended.tenant_id AND s.session_id = ended.session_id RETURNING 1),
  closed AS MATERIALIZED (
    SELECT i.tenant_id, i.invitation_id FROM patchbay.invitation i
    WHERE coalesce(i.accepted_at, i.revoked_at, i.expires_at) < before LIMIT most),
  invitations AS (
    DELETE FROM patchbay.invitation i USING closed
    WHERE i.tenant_id = closed.tenant_id AND i.invitation_id = closed.invitation_id RETURNING 1)
  SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM invitations);
END;
CALL patchbay.hang_door('patchbay.prune_sign_ins(timestamptz, int)', 'patchbay_janitor');
