/**
 * HighLevel: a CRM with contacts, calendars and conversations, as its API client uses them under {@code /highlevel}.
 * Entry point: {@link dev.patchbay.sandbox.highlevel.HighLevel}. Scripts add appointments by
 * {@link dev.patchbay.sandbox.highlevel.HighLevelCalendars} and messages by
 * {@link dev.patchbay.sandbox.highlevel.HighLevelConversations}.
 * OAuth has single-use refresh tokens; the rate limit is 100 requests in 10 s and 200,000 a day for each location.
 * Webhooks are signed with Ed25519 and retried after 429 only.
 */
@NullMarked
package dev.patchbay.sandbox.highlevel;

import org.jspecify.annotations.NullMarked;
