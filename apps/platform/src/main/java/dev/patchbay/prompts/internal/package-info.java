/** Templates and clients' prompts in the database. */
@NullMarked
package dev.patchbay.prompts.internal;

import org.jspecify.annotations.NullMarked;
