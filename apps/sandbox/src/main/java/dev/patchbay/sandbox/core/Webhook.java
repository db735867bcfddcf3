package dev.patchbay.sandbox.core;

/**
 * A webhook to deliver.
 *
 * @param event its name in the list of deliveries; the body has the vendor's own
 * @param account the account whose secret signs the body, in the vendor's terms: an agent, an app, an account id
 */
public record Webhook(String event, String url, String contentType, String body, String account) {}
