/** Run history: {@link dev.patchbay.flows.history.RunHistory} answers questions across contexts. */
@NamedInterface("history")
@NullMarked
package dev.patchbay.flows.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
