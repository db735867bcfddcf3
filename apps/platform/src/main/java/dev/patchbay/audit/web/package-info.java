/** The API of the audit trail. */
@NullMarked
package dev.patchbay.audit.web;

import org.jspecify.annotations.NullMarked;
