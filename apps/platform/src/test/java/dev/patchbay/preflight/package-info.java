/** What prod refuses, told from settings and from the database. */
@org.jspecify.annotations.NullMarked
package dev.patchbay.preflight;
