/** Plans and their versions in the database. */
@NullMarked
package dev.patchbay.billing.plans;

import org.jspecify.annotations.NullMarked;
