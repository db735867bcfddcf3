-- The read model of calls and days (ADR 0039). Each row follows from events, runs and functions of live calls; it is written in the
-- transactions that change those, and `rebuild` writes it again. Nothing but `handled` originates here.

-- The collation "C" lets a prefix be a range of the index.
CREATE TABLE patchbay.call (
  tenant_id      text NOT NULL,
  call_id        text NOT NULL,                    -- the voice provider's id
  correlation_id text NOT NULL,
  client_id      text NOT NULL,
  called_at      timestamptz NOT NULL,
  day            date NOT NULL,                    -- of called_at, in the client's time zone
  seconds        int NOT NULL,                     -- 0 until the call has ended
  direction      text,
  from_number    text,
  to_number      text,
  number         text COLLATE "C",                 -- of the person at the other end, E.164
  caller_name    text,
  name_key       text COLLATE "C",                 -- lower case; surname_key is its last word
  surname_key    text COLLATE "C",
  requested      text,                             -- the time that the caller asked for, as the agent recorded it
  outcome        text NOT NULL
    CHECK (outcome IN ('booked', 'not_booked', 'needs_person', 'working', 'no_request', 'undone')),
  reason         text,
  needs_person   boolean NOT NULL,
  sentence       text,
  failed_calls   text[] NOT NULL,                  -- functions that were not done although it is booked
  booked_start   text,                             -- ISO-8601 with offset
  booked_local   text,                             -- as written in the client's locale
  contact_id     text,
  run_id         text,
  run_status     text,
  flow_name      text,
  flow_version   text,
  live           boolean NOT NULL,                 -- its agent called functions during the call
  handled_at     timestamptz,
  handled_by     text,
  handled_how    text CHECK (handled_how IN ('called_back', 'not_needed', 'booked_by_hand')),
  handled_note   text,
  erased_at      timestamptz,                      -- from then on the row no longer follows its facts
  PRIMARY KEY (tenant_id, call_id),
  CHECK ((handled_at IS NULL) = (handled_how IS NULL) AND (handled_at IS NULL) = (handled_by IS NULL))
);
CREATE INDEX call_by_time ON patchbay.call (tenant_id, called_at DESC, call_id DESC);
CREATE INDEX call_by_client ON patchbay.call (tenant_id, client_id, called_at DESC, call_id DESC);
CREATE INDEX call_by_outcome ON patchbay.call (tenant_id, outcome, called_at DESC, call_id DESC);
CREATE INDEX call_by_reason ON patchbay.call (tenant_id, reason, called_at DESC, call_id DESC) WHERE reason IS NOT NULL;
CREATE INDEX call_by_flow ON patchbay.call (tenant_id, flow_name, called_at DESC, call_id DESC) WHERE flow_name IS NOT NULL;
CREATE INDEX call_by_number ON patchbay.call (tenant_id, number, called_at DESC) WHERE number IS NOT NULL;
CREATE INDEX call_by_name ON patchbay.call (tenant_id, name_key) WHERE name_key IS NOT NULL;
CREATE INDEX call_by_surname ON patchbay.call (tenant_id, surname_key) WHERE surname_key IS NOT NULL;
CREATE INDEX call_by_correlation ON patchbay.call (tenant_id, correlation_id);
CREATE INDEX call_by_run ON patchbay.call (tenant_id, run_id) WHERE run_id IS NOT NULL;
CREATE INDEX call_working ON patchbay.call (tenant_id, called_at) WHERE outcome = 'working';
CREATE INDEX call_needing_person ON patchbay.call (tenant_id, called_at DESC, call_id DESC) WHERE needs_person;
CREATE INDEX call_to_return ON patchbay.call (tenant_id, called_at DESC, call_id DESC)
  WHERE (needs_person OR reason = 'no_slot') AND handled_at IS NULL;
SELECT patchbay.enable_tenant_rls('patchbay.call', 'SELECT, INSERT, UPDATE');

-- Calls by the client's day; '' where a call has no reason or no flow.
CREATE TABLE patchbay.call_day (
  tenant_id text NOT NULL,
  client_id text NOT NULL,
  day       date NOT NULL,
  outcome   text NOT NULL,
  reason    text NOT NULL,
  flow_name text NOT NULL,
  calls     bigint NOT NULL,
  seconds   bigint NOT NULL,
  PRIMARY KEY (tenant_id, client_id, day, outcome, reason, flow_name)
);
CREATE INDEX call_day_by_day ON patchbay.call_day (tenant_id, day) INCLUDE (client_id, outcome, reason, flow_name, calls, seconds);
SELECT patchbay.enable_tenant_rls('patchbay.call_day', 'SELECT, INSERT, UPDATE, DELETE');
