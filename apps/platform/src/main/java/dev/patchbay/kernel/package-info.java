/**
 * Kernel: what every context shares. Ids and their types, tenants and scopes, correlation, phone numbers, permissions, problems,
 * hashing, JSON, redaction, periodic tasks; the database and the edge of HTTP in packages of their own. It imports no context,
 * and what only one context needs stays out.
 */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.patchbay.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
