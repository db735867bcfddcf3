/** The API of a person's notices, preferences and number. */
@NullMarked
package dev.patchbay.notifications.web;

import org.jspecify.annotations.NullMarked;
