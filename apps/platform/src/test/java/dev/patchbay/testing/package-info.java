/** Shared by the tests: one PostgreSQL, one sandbox, one application, and fixtures. */
@NullMarked
package dev.patchbay.testing;

import org.jspecify.annotations.NullMarked;
