-- Conversations whose calls are to be written again (ADR 0050). The transaction that changes a fact adds a mark; a job deletes marks in
-- batches, in the transaction that writes the calls.
CREATE TABLE patchbay.call_mark (
  tenant_id      text NOT NULL,
  due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  mark_id        bigint GENERATED ALWAYS AS IDENTITY,
  correlation_id text NOT NULL CHECK (octet_length(correlation_id) <= 200),
  PRIMARY KEY (tenant_id, due_at, mark_id)
);
SELECT patchbay.enable_tenant_rls('patchbay.call_mark', 'SELECT, INSERT, UPDATE, DELETE');

-- Lists the tenants with due marks. One probe of the index finds the next tenant, however many marks each one has.
CREATE POLICY call_mark_find ON patchbay.call_mark FOR SELECT TO patchbay_claimer USING (true);
GRANT SELECT (tenant_id, due_at) ON patchbay.call_mark TO patchbay_claimer;
CREATE FUNCTION patchbay.tenants_with_call_marks()
RETURNS TABLE (tenant_id text, due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH RECURSIVE oldest AS (
    (SELECT m.tenant_id, m.due_at FROM patchbay.call_mark m ORDER BY m.tenant_id, m.due_at LIMIT 1)
    UNION ALL
    SELECT n.tenant_id, n.due_at FROM oldest o CROSS JOIN LATERAL (
      SELECT m.tenant_id, m.due_at FROM patchbay.call_mark m WHERE m.tenant_id > o.tenant_id
      ORDER BY m.tenant_id, m.due_at LIMIT 1) n)
  SELECT o.tenant_id, o.due_at FROM oldest o WHERE o.due_at <= clock_timestamp();
END;
CALL patchbay.grant_definer('patchbay.tenants_with_call_marks()', 'patchbay_claimer');
