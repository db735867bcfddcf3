package dev.patchbay.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Faults that are armed and not yet spent. They are a script's wish, not a record: a restart disarms them. */
final class Faults {

    /** The operation of a provider that calls us. */
    static final String WEBHOOK = "webhook";

    enum Kind {
        /** The caller's credentials are refused. */
        UNAUTHORIZED("401"),
        TOO_MANY("429"),
        BROKEN("500"),
        SLOW("slow"),
        LOST_RESPONSE("lost_response"),
        /** It is done, and the answer says nothing of it. */
        HOLLOW("hollow"),
        DUPLICATE("duplicate"),
        REORDER("reorder"),
        /** The vendor never sends it: only asking the vendor finds it. */
        DROP("drop");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    /** What can go wrong with a request to a provider. */
    static final Set<Kind> OF_REQUESTS =
            EnumSet.of(Kind.UNAUTHORIZED, Kind.TOO_MANY, Kind.BROKEN, Kind.SLOW, Kind.LOST_RESPONSE, Kind.HOLLOW);
    /** What can go wrong with a webhook on its way to us. */
    static final Set<Kind> OF_WEBHOOKS =
            EnumSet.of(Kind.SLOW, Kind.LOST_RESPONSE, Kind.DUPLICATE, Kind.REORDER, Kind.DROP);

    record Fault(String provider, String operation, Kind kind, int times, int delayMs) {

        Fault once() {
            return new Fault(provider, operation, kind, times - 1, delayMs);
        }

        ObjectNode toJson() {
            return Json.object()
                    .put("provider", provider)
                    .put("operation", operation)
                    .put("fault", kind.spelling())
                    .put("times", times)
                    .put("delayMs", delayMs);
        }
    }

    private final Map<String, Set<String>> operations = new TreeMap<>();
    private final List<Fault> armed = new ArrayList<>();

    /** Every operation the vendors answer can be made to fail. */
    void know(List<Vendor> vendors) {
        for (Vendor vendor : vendors) {
            Set<String> names = new TreeSet<>();
            vendor.routes().forEach(route -> names.add(route.operation()));
            operations.put(vendor.name(), names);
        }
        for (String caller : List.of(Retell.NAME, HighLevel.NAME, Twilio.NAME, Stripe.NAME)) {
            operations.computeIfAbsent(caller, name -> new TreeSet<>()).add(WEBHOOK);
        }
    }

    /**
     * Arms what the body asks for.
     *
     * @throws Refusal 400 that names the valid providers, operations or faults
     */
    synchronized Fault arm(ObjectNode asked) {
        String provider = Json.text(asked, "provider");
        oneOf("provider", provider, operations.keySet());
        String operation = Json.text(asked, "operation");
        oneOf("operation", operation, operations.getOrDefault(provider, Set.of()));
        Set<Kind> possible = operation.equals(WEBHOOK) ? OF_WEBHOOKS : OF_REQUESTS;
        String spelling = Json.text(asked, "fault");
        oneOf("fault", spelling, possible.stream().map(Kind::spelling).toList());
        Kind kind = Arrays.stream(Kind.values())
                .filter(known -> known.spelling().equals(spelling))
                .findFirst()
                .orElseThrow();
        int times = asked.path("times").asInt(1);
        int delayMs = asked.path("delayMs").asInt(kind == Kind.SLOW ? 1000 : 0);
        Fault fault = new Fault(provider, operation, kind, times, delayMs);
        if (times > 0) {
            armed.add(fault);
        }
        return fault;
    }

    private static void oneOf(String what, String value, Collection<String> valid) {
        if (!valid.contains(value)) {
            throw Control.refusal(
                    400,
                    "unknown_" + what,
                    "There is no " + what + " '" + value + "'; valid: " + String.join(", ", valid));
        }
    }

    /** Spends one of the first armed fault of these kinds. */
    synchronized Optional<Fault> take(String provider, String operation, Set<Kind> kinds) {
        for (int i = 0; i < armed.size(); i++) {
            Fault fault = armed.get(i);
            if (fault.provider().equals(provider)
                    && fault.operation().equals(operation)
                    && kinds.contains(fault.kind())) {
                armed.remove(i);
                if (fault.times() > 1) {
                    armed.add(i, fault.once());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    synchronized List<ObjectNode> armed() {
        return armed.stream().map(Fault::toJson).toList();
    }

    synchronized void disarm() {
        armed.clear();
    }
}
