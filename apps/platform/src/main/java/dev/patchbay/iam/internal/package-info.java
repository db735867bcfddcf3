/** How it is decided who may do what: each tenant's policy in memory, compared with the database while it is asked. */
@NullMarked
package dev.patchbay.iam.internal;

import org.jspecify.annotations.NullMarked;
