package dev.patchbay.iam.access;

import dev.patchbay.kernel.Permission;
import java.util.Set;

/**
 * The contents of a custom role that is created or changed.
 *
 * @param permissions patterns; either half may be {@code *}
 */
public record RoleDraft(String name, String description, Set<Permission> permissions) {}
