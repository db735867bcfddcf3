-- Runs are kept by our own tables (ADR 0013): the schema of the engine before goes, and its login may not log in any more.
DROP SCHEMA IF EXISTS dbos CASCADE;
ALTER ROLE patchbay_engine NOLOGIN;
