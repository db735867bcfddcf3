package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import java.util.List;

/**
 * A role that a tenant defined.
 *
 * @param id {@code rol_…}, as assignments name it
 * @param permissions {@code action:resource}; either half may be {@code *}
 */
public record CustomRole(RoleId id, String name, String description, List<String> permissions) {}
