/**
 * Embedded PostgreSQL: a durable server for developers and tests that have no server of their own.
 * Entry point: {@link dev.patchbay.postgres.EmbeddedPostgres}; on the command line {@link dev.patchbay.postgres.Main}.
 * The server is a process of its own: it outlives its launcher, and the next launcher adopts it (ADR 0010).
 * Plain Java without Spring; depends on no other module.
 */
@NullMarked
package dev.patchbay.postgres;

import org.jspecify.annotations.NullMarked;
