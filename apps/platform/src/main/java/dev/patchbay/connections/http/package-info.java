/**
 * Outgoing HTTP: every request to a provider is sent by {@link dev.patchbay.connections.http.OutgoingHttp}, which rejects private
 * addresses, enforces time windows, checks contracts and records exchanges (ADR 0009).
 */
@NamedInterface("http")
@NullMarked
package dev.patchbay.connections.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
