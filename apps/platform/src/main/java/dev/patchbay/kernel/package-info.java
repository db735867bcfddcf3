/**
 * Kernel: the words every context shares (tenant, client, correlation, money, phone numbers, problems, time-ordered ids).
 * It imports no context. What belongs to one context only does not belong here.
 */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.patchbay.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
