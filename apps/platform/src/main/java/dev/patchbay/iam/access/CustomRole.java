package dev.patchbay.iam.access;

import java.util.List;

/**
 * A role of a tenant's own making.
 *
 * @param id as assignments spell it
 * @param permissions {@code action:resource}, either half may be {@code *}
 */
public record CustomRole(String id, String name, String description, List<String> permissions) {}
