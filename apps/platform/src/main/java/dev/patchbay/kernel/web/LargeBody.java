package dev.patchbay.kernel.web;

/**
 * An address that accepts larger bodies than others; contributed as a bean by the context that serves it.
 *
 * @param path the whole path, without variables
 */
public record LargeBody(String path, int maxBytes) {}
