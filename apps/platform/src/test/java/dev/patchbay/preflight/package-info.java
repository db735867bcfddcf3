/** Tests of the checks that prod makes at start. */
@org.jspecify.annotations.NullMarked
package dev.patchbay.preflight;
