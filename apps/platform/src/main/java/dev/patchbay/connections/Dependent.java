package dev.patchbay.connections;

/**
 * Something that stops working when a connection no longer serves a client's port.
 *
 * @param kind for example {@code flow}
 * @param name its display name
 */
public record Dependent(String kind, String id, String name, String clientId, String port) {}
