/**
 * Source: turns the text of a flow file (YAML or JSON) into a JSON tree that remembers on which line each value stands.
 * Front door: {@link dev.patchbay.flowlanguage.source.SourceText}. Refuses aliases, tags, duplicate keys and oversized files.
 * Neighbours: none.
 */
@NullMarked
package dev.patchbay.flowlanguage.source;

import org.jspecify.annotations.NullMarked;
