/**
 * Source: parses the text of a flow file (YAML or JSON) into a JSON tree with the line of each value.
 * Entry point: {@link dev.patchbay.flowlanguage.source.SourceText}. It rejects aliases, tags, duplicate keys and oversized files.
 * Depends on no other package.
 */
@NullMarked
package dev.patchbay.flowlanguage.source;

import org.jspecify.annotations.NullMarked;
