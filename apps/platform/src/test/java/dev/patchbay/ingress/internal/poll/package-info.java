@NullMarked
package dev.patchbay.ingress.internal.poll;

import org.jspecify.annotations.NullMarked;
