/** The controllers of usage: reports, collection, attribution, provider invoices. */
@NullMarked
package dev.patchbay.usage.web;

import org.jspecify.annotations.NullMarked;
