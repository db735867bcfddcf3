package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.spi.Delivery;

/**
 * A request to a webhook's address, read.
 *
 * @param headers those an auditor needs, as JSON
 * @param address where it came from: an IP address
 */
public record Webhook(Delivery delivery, String headers, String address) {}
