/** Integrations: adapters only, a nested module for each vendor. Contexts never import one. */
@NullMarked
package dev.patchbay.integrations;

import org.jspecify.annotations.NullMarked;
