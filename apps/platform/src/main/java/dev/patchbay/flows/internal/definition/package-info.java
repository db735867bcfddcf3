/** Flow definitions: files become drafts, a promotion makes a draft the active version, and assignments say which clients it serves. */
@NullMarked
package dev.patchbay.flows.internal.definition;

import org.jspecify.annotations.NullMarked;
