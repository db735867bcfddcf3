/**
 * Sandbox: stateful stand-ins that speak as the vendors do, with faults on demand and books that survive a crash.
 * Front door: {@link dev.patchbay.sandbox.Sandbox}; scripts use its control paths under {@code /_sandbox}.
 * One class per vendor answers under {@code /retell}, {@code /twilio}, {@code /highlevel} and {@code /google}.
 * Neighbours: none. It never sees platform code; the platform meets it over HTTP only.
 */
@NullMarked
package dev.patchbay.sandbox;

import org.jspecify.annotations.NullMarked;
