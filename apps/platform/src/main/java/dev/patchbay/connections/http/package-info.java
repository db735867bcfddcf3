/**
 * The one way out: every call to a provider passes {@link dev.patchbay.connections.http.OutgoingHttp}, which refuses
 * private addresses, keeps time windows, checks contracts and records what was said (ADR 0009).
 */
@NamedInterface("http")
@NullMarked
package dev.patchbay.connections.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
