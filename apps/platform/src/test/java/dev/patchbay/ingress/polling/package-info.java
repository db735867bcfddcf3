@NullMarked
package dev.patchbay.ingress.polling;

import org.jspecify.annotations.NullMarked;
