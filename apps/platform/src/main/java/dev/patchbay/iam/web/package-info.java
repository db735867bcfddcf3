/** Authentication and authorization of requests, and the controllers of iam. */
@NullMarked
package dev.patchbay.iam.web;

import org.jspecify.annotations.NullMarked;
