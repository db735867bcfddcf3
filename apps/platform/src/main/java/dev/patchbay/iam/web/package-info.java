/** Who gets in: bearer tokens are looked up, everything that is not named as open is closed. */
@NullMarked
package dev.patchbay.iam.web;

import org.jspecify.annotations.NullMarked;
