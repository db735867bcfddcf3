/**
 * Embedded PostgreSQL: a real server, kept as carefully as any other, for those who have not brought their own.
 * Front door: {@link dev.patchbay.postgres.EmbeddedPostgres}. Plain Java, no Spring, no neighbours.
 * The server is a process of its own: it outlives its launcher and is adopted by the next one (ADR 0010).
 */
@NullMarked
package dev.patchbay.postgres;

import org.jspecify.annotations.NullMarked;
