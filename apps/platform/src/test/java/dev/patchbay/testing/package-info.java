/** What tests share: one PostgreSQL, one sandbox, one application, and words for what happens to them. */
@NullMarked
package dev.patchbay.testing;

import org.jspecify.annotations.NullMarked;
