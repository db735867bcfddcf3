/** The audit trail as the API shows it. */
@NullMarked
package dev.patchbay.audit.web;

import org.jspecify.annotations.NullMarked;
