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

/** Maps the Stripe events that billing needs to canonical ones (Stripe API, "Types of events"; {@code contracts/events/payment.*}). */
final class StripeEventMapper {

    /**
     * The mapping of one of Stripe's event types.
     *
     * @param type the canonical type
     * @param noun the member of the data that contains the object
     */
    record Mapping(String type, String noun, Function<JsonNode, ObjectNode> mapper) {

        ObjectNode map(JsonNode object) {
            return mapper.apply(object);
        }
    }

    private static final Map<String, Mapping> MAPPINGS = Map.ofEntries(
            mapping("checkout.session.completed", "checkout", "completed", StripeEventMapper::mapCheckout),
            mapping("checkout.session.expired", "checkout", "expired", StripeEventMapper::mapCheckout),
            mapping("customer.created", "customer", "created", StripeEventMapper::mapCustomer),
            mapping("customer.updated", "customer", "updated", StripeEventMapper::mapCustomer),
            mapping("customer.deleted", "customer", "deleted", StripeEventMapper::mapCustomer),
            mapping("customer.subscription.created", "subscription", "created", StripeEventMapper::mapSubscription),
            mapping("customer.subscription.updated", "subscription", "updated", StripeEventMapper::mapSubscription),
            mapping("customer.subscription.deleted", "subscription", "deleted", StripeEventMapper::mapSubscription),
            mapping("invoice.created", "invoice", "created", StripeEventMapper::mapInvoice),
            mapping("invoice.finalized", "invoice", "finalized", StripeEventMapper::mapInvoice),
            mapping("invoice.paid", "invoice", "paid", StripeEventMapper::mapInvoice),
            mapping("invoice.payment_failed", "invoice", "payment_failed", StripeEventMapper::mapInvoice),
            mapping("invoice.voided", "invoice", "voided", StripeEventMapper::mapInvoice),
            mapping("payment_intent.succeeded", "intent", "succeeded", StripeEventMapper::mapIntent),
            mapping("payment_intent.payment_failed", "intent", "failed", StripeEventMapper::mapIntent),
            mapping("charge.refunded", "charge", "refunded", StripeEventMapper::mapCharge),
            mapping("charge.dispute.created", "dispute", "created", StripeEventMapper::mapDispute),
            mapping("charge.dispute.closed", "dispute", "closed", StripeEventMapper::mapDispute));

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}");

    private StripeEventMapper() {}

    private static Map.Entry<String, Mapping> mapping(
            String stripeType, String noun, String suffix, Function<JsonNode, ObjectNode> reading) {
        return Map.entry(stripeType, new Mapping("payment." + noun + "." + suffix, noun, reading));
    }

    /** Empty for a type that billing does not need. */
    static Optional<Mapping> find(String type) {
        return Optional.ofNullable(MAPPINGS.get(type));
    }

    /** The id of the customer it concerns: the object's, or the object itself. */
    static Optional<String> findCustomer(JsonNode object) {
        boolean itself = object.path("object").asString("").equals("customer");
        return StripeObjectReader.readReference(object.path(itself ? "id" : "customer"));
    }

    /** The person of the object: by telephone number, else by e-mail, else by the customer's id. */
    static Optional<String> findPerson(JsonNode object) {
        Optional<String> phone = Stream.of("/phone", "/customer_phone", "/customer_details/phone")
                .map(it -> object.at(it).asString(""))
                .flatMap(it -> PhoneNumber.read(it).stream())
                .map(PhoneNumber::e164)
                .findFirst();
        Optional<String> email = Stream.of("/email", "/customer_email", "/customer_details/email", "/receipt_email")
                .map(it -> object.at(it).asString(""))
                .filter(it -> EMAIL.matcher(it).matches())
                .findFirst();
        return phone.or(() -> email).or(() -> findCustomer(object).map(it -> "contact:" + it));
    }

    private static ObjectNode mapCheckout(JsonNode session) {
        return new StripeObjectReader(session)
                .copyText("id", "/id")
                .copyReference("customerId", "/customer")
                .copyText("mode", "/mode")
                .copyText("status", "/status")
                .copyText("paymentStatus", "/payment_status")
                .copyMoney("total", "/amount_total")
                .copyReference("subscriptionId", "/subscription")
                .copyReference("invoiceId", "/invoice")
                .copyReference("intentId", "/payment_intent")
                // Set by the creator of the session to find its order again.
                .copyText("reference", "/client_reference_id")
                .copyText("email", "/customer_details/email", "/customer_email")
                .copyMetadata()
                .build();
    }

    private static ObjectNode mapCustomer(JsonNode customer) {
        return new StripeObjectReader(customer)
                .copyText("id", "/id")
                .copyText("name", "/name")
                .copyText("email", "/email")
                .copyText("phone", "/phone")
                .copyBoolean("delinquent", "/delinquent")
                .copyMetadata()
                .build();
    }

    private static ObjectNode mapSubscription(JsonNode subscription) {
        ObjectNode ours = new StripeObjectReader(subscription)
                .copyText("id", "/id")
                .copyReference("customerId", "/customer")
                .copyText("status", "/status")
                .copyTimestamp("startedAt", "/start_date")
                // The period moved from the subscription to its items in 2025.
                .copyTimestamp("periodStart", "/items/data/0/current_period_start", "/current_period_start")
                .copyTimestamp("periodEnd", "/items/data/0/current_period_end", "/current_period_end")
                .copyBoolean("cancelsAtPeriodEnd", "/cancel_at_period_end")
                .copyTimestamp("canceledAt", "/canceled_at")
                .copyTimestamp("endedAt", "/ended_at")
                .copyMetadata()
                .build();
        ArrayNode items = ours.putArray("items");
        subscription
                .at("/items/data")
                .forEach(it -> items.add(new StripeObjectReader(it)
                        .copyText("id", "/id")
                        .copyReference("priceId", "/price")
                        .copyReference("productId", "/price/product")
                        .copyInteger("quantity", "/quantity")
                        .build()));
        return ours;
    }

    private static ObjectNode mapInvoice(JsonNode invoice) {
        return new StripeObjectReader(invoice)
                .copyText("id", "/id")
                .copyReference("customerId", "/customer")
                .copyText("number", "/number")
                .copyText("status", "/status")
                .copyText("reason", "/billing_reason")
                .copyMoney("total", "/total")
                .copyMoney("amountDue", "/amount_due")
                .copyMoney("amountPaid", "/amount_paid")
                .copyMoney("amountRemaining", "/amount_remaining")
                .copyInteger("attempts", "/attempt_count")
                // An invoice had its subscription at the top until 2025.
                .copyReference("subscriptionId", "/parent/subscription_details/subscription", "/subscription")
                .copyTimestamp("periodStart", "/period_start")
                .copyTimestamp("periodEnd", "/period_end")
                .copyTimestamp("dueAt", "/due_date")
                .copyTimestamp("paidAt", "/status_transitions/paid_at")
                .copyText("hostedUrl", "/hosted_invoice_url")
                .copyMetadata()
                .build();
    }

    private static ObjectNode mapIntent(JsonNode intent) {
        return new StripeObjectReader(intent)
                .copyText("id", "/id")
                .copyReference("customerId", "/customer")
                .copyText("status", "/status")
                .copyMoney("amount", "/amount")
                .copyMoney("amountReceived", "/amount_received")
                .copyReference("chargeId", "/latest_charge")
                .copyText("failureCode", "/last_payment_error/code")
                .copyText("declineCode", "/last_payment_error/decline_code")
                .copyMetadata()
                .build();
    }

    private static ObjectNode mapCharge(JsonNode charge) {
        return new StripeObjectReader(charge)
                .copyText("id", "/id")
                .copyReference("customerId", "/customer")
                .copyMoney("amount", "/amount")
                .copyMoney("amountRefunded", "/amount_refunded")
                .copyBoolean("refunded", "/refunded")
                .copyReference("intentId", "/payment_intent")
                .copyMetadata()
                .build();
    }

    /** A dispute names no customer, only its charge. */
    private static ObjectNode mapDispute(JsonNode dispute) {
        return new StripeObjectReader(dispute)
                .copyText("id", "/id")
                .copyText("status", "/status")
                .copyText("reason", "/reason")
                .copyMoney("amount", "/amount")
                .copyReference("chargeId", "/charge")
                .copyReference("intentId", "/payment_intent")
                .copyTimestamp("evidenceDueBy", "/evidence_details/due_by")
                .copyMetadata()
                .build();
    }
}
