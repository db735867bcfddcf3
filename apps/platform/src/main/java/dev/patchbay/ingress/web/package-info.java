/** The controllers of ingress: webhooks, requests during calls, events, replays, erasures, polls. */
@NullMarked
package dev.patchbay.ingress.web;

import org.jspecify.annotations.NullMarked;
