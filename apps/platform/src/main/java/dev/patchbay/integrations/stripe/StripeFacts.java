package dev.patchbay.integrations.stripe;

import dev.patchbay.kernel.PhoneNumber;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What billing needs of Stripe, in our words ({@code contracts/events/payment.*}). */
final class StripeFacts {

    /**
     * How an event of theirs is said in ours.
     *
     * @param type ours
     * @param noun the member of the data that holds the object
     */
    record Fact(String type, String noun, Function<JsonNode, ObjectNode> reading) {

        ObjectNode canonical(JsonNode object) {
            return reading.apply(object);
        }
    }

    private static final Map<String, Fact> FACTS = Map.ofEntries(
            fact("checkout.session.completed", "checkout", "completed", StripeFacts::checkout),
            fact("checkout.session.expired", "checkout", "expired", StripeFacts::checkout),
            fact("customer.created", "customer", "created", StripeFacts::customerRecord),
            fact("customer.updated", "customer", "updated", StripeFacts::customerRecord),
            fact("customer.deleted", "customer", "deleted", StripeFacts::customerRecord),
            fact("customer.subscription.created", "subscription", "created", StripeFacts::subscription),
            fact("customer.subscription.updated", "subscription", "updated", StripeFacts::subscription),
            fact("customer.subscription.deleted", "subscription", "deleted", StripeFacts::subscription),
            fact("invoice.created", "invoice", "created", StripeFacts::invoice),
            fact("invoice.finalized", "invoice", "finalized", StripeFacts::invoice),
            fact("invoice.paid", "invoice", "paid", StripeFacts::invoice),
            fact("invoice.payment_failed", "invoice", "payment_failed", StripeFacts::invoice),
            fact("invoice.voided", "invoice", "voided", StripeFacts::invoice),
            fact("payment_intent.succeeded", "intent", "succeeded", StripeFacts::intent),
            fact("payment_intent.payment_failed", "intent", "failed", StripeFacts::intent),
            fact("charge.refunded", "charge", "refunded", StripeFacts::charge),
            fact("charge.dispute.created", "dispute", "created", StripeFacts::dispute),
            fact("charge.dispute.closed", "dispute", "closed", StripeFacts::dispute));

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}");

    private StripeFacts() {}

    private static Map.Entry<String, Fact> fact(
            String theirs, String noun, String happened, Function<JsonNode, ObjectNode> reading) {
        return Map.entry(theirs, new Fact("payment." + noun + "." + happened, noun, reading));
    }

    /** Empty for an event that billing has no use for. */
    static Optional<Fact> of(String type) {
        return Optional.ofNullable(FACTS.get(type));
    }

    /** The id of the customer it concerns: the object's, or the object itself. */
    static Optional<String> customer(JsonNode object) {
        boolean itself = object.path("object").asString("").equals("customer");
        return StripeReader.reference(object.path(itself ? "id" : "customer"));
    }

    /** Whom it is about: by telephone, else by e-mail, else by the customer's id. */
    static Optional<String> person(JsonNode object) {
        Optional<String> phone = Stream.of("/phone", "/customer_phone", "/customer_details/phone")
                .map(it -> object.at(it).asString(""))
                .flatMap(it -> PhoneNumber.read(it).stream())
                .map(PhoneNumber::e164)
                .findFirst();
        Optional<String> email = Stream.of("/email", "/customer_email", "/customer_details/email", "/receipt_email")
                .map(it -> object.at(it).asString(""))
                .filter(it -> EMAIL.matcher(it).matches())
                .findFirst();
        return phone.or(() -> email).or(() -> customer(object).map(it -> "contact:" + it));
    }

    private static ObjectNode checkout(JsonNode session) {
        return new StripeReader(session)
                .text("id", "/id")
                .reference("customerId", "/customer")
                .text("mode", "/mode")
                .text("status", "/status")
                .text("paymentStatus", "/payment_status")
                .money("total", "/amount_total")
                .reference("subscriptionId", "/subscription")
                .reference("invoiceId", "/invoice")
                .reference("intentId", "/payment_intent")
                // Set by whoever opened the session: how it finds its own order again.
                .text("reference", "/client_reference_id")
                .text("email", "/customer_details/email", "/customer_email")
                .metadata()
                .read();
    }

    private static ObjectNode customerRecord(JsonNode customer) {
        return new StripeReader(customer)
                .text("id", "/id")
                .text("name", "/name")
                .text("email", "/email")
                .text("phone", "/phone")
                .truth("delinquent", "/delinquent")
                .metadata()
                .read();
    }

    private static ObjectNode subscription(JsonNode subscription) {
        ObjectNode ours = new StripeReader(subscription)
                .text("id", "/id")
                .reference("customerId", "/customer")
                .text("status", "/status")
                .moment("startedAt", "/start_date")
                // The period moved from the subscription to its items in 2025.
                .moment("periodStart", "/items/data/0/current_period_start", "/current_period_start")
                .moment("periodEnd", "/items/data/0/current_period_end", "/current_period_end")
                .truth("cancelsAtPeriodEnd", "/cancel_at_period_end")
                .moment("canceledAt", "/canceled_at")
                .moment("endedAt", "/ended_at")
                .metadata()
                .read();
        ArrayNode items = ours.putArray("items");
        subscription
                .at("/items/data")
                .forEach(it -> items.add(new StripeReader(it)
                        .text("id", "/id")
                        .reference("priceId", "/price")
                        .reference("productId", "/price/product")
                        .whole("quantity", "/quantity")
                        .read()));
        return ours;
    }

    private static ObjectNode invoice(JsonNode invoice) {
        return new StripeReader(invoice)
                .text("id", "/id")
                .reference("customerId", "/customer")
                .text("number", "/number")
                .text("status", "/status")
                .text("reason", "/billing_reason")
                .money("total", "/total")
                .money("amountDue", "/amount_due")
                .money("amountPaid", "/amount_paid")
                .money("amountRemaining", "/amount_remaining")
                .whole("attempts", "/attempt_count")
                // An invoice had its subscription at the top until 2025.
                .reference("subscriptionId", "/parent/subscription_details/subscription", "/subscription")
                .moment("periodStart", "/period_start")
                .moment("periodEnd", "/period_end")
                .moment("dueAt", "/due_date")
                .moment("paidAt", "/status_transitions/paid_at")
                .text("hostedUrl", "/hosted_invoice_url")
                .metadata()
                .read();
    }

    private static ObjectNode intent(JsonNode intent) {
        return new StripeReader(intent)
                .text("id", "/id")
                .reference("customerId", "/customer")
                .text("status", "/status")
                .money("amount", "/amount")
                .money("amountReceived", "/amount_received")
                .reference("chargeId", "/latest_charge")
                .text("failureCode", "/last_payment_error/code")
                .text("declineCode", "/last_payment_error/decline_code")
                .metadata()
                .read();
    }

    private static ObjectNode charge(JsonNode charge) {
        return new StripeReader(charge)
                .text("id", "/id")
                .reference("customerId", "/customer")
                .money("amount", "/amount")
                .money("amountRefunded", "/amount_refunded")
                .truth("refunded", "/refunded")
                .reference("intentId", "/payment_intent")
                .metadata()
                .read();
    }

    /** A dispute names no customer: whoever handles it finds the charge. */
    private static ObjectNode dispute(JsonNode dispute) {
        return new StripeReader(dispute)
                .text("id", "/id")
                .text("status", "/status")
                .text("reason", "/reason")
                .money("amount", "/amount")
                .reference("chargeId", "/charge")
                .reference("intentId", "/payment_intent")
                .moment("evidenceDueBy", "/evidence_details/due_by")
                .metadata()
                .read();
    }
}
