-- Runs after every migration that calls the old names (see V005). New migrations call enable_tenant_rls() and grant_definer().
DROP FUNCTION patchbay.wall(regclass, text);
DROP PROCEDURE patchbay.hang_door(regprocedure, regrole);
