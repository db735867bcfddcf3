package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.spi.Delivery;

/**
 * A webhook request whose body was read.
 *
 * @param headers the headers that an auditor needs, as JSON
 * @param remoteAddress the IP address it came from
 */
public record ReceivedWebhook(Delivery delivery, String headers, String remoteAddress) {}
