package dev.patchbay.ingress.spi;

import java.util.Optional;
import java.util.function.Function;

/**
 * A webhook as it arrived.
 *
 * @param url the public address the vendor called, with its query
 * @param header the first value of a header, by name, without regard to case
 * @param body the raw bytes: what was signed
 */
public record Delivery(String url, Function<String, Optional<String>> header, byte[] body) {}
