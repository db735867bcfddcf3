package dev.patchbay.sandbox.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** The armed faults. They are kept in memory only: a restart disarms them. */
public final class Faults {

    /** The operation that stands for every webhook of a vendor. */
    static final String WEBHOOK = "webhook";

    /** The SMTP server, which is no vendor: it refuses mails, or keeps them and hangs up before it answers. */
    public static final String MAIL = "mail";

    public static final String SEND_MAIL = "send";
    public static final Set<FaultKind> OF_MAIL = Set.of(FaultKind.SERVER_ERROR, FaultKind.LOST_RESPONSE);

    private final Map<String, Set<String>> operations = new TreeMap<>();
    private final List<Fault> armed = new ArrayList<>();

    /** Makes every operation of these vendors one that can fail. */
    public void register(List<? extends Vendor> vendors) {
        operations.put(MAIL, Set.of(SEND_MAIL));
        for (Vendor vendor : vendors) {
            Set<String> names = new TreeSet<>();
            vendor.routes().forEach(route -> names.add(route.operation()));
            if (vendor.sendsWebhooks()) {
                names.add(WEBHOOK);
            }
            operations.put(vendor.name(), names);
        }
    }

    /**
     * Arms a fault.
     *
     * @param request {@code {provider, operation, fault, times, delayMs}}; {@code times} is 1 by default
     * @throws ControlError 400 that lists the valid providers, operations or faults
     */
    public synchronized Fault arm(ObjectNode request) {
        String provider = Json.text(request, "provider");
        requireOneOf("provider", provider, operations.keySet());
        String operation = Json.text(request, "operation");
        requireOneOf("operation", operation, operations.getOrDefault(provider, Set.of()));
        Set<FaultKind> validKinds = kindsOf(provider, operation);
        String wireName = Json.text(request, "fault");
        requireOneOf(
                "fault", wireName, validKinds.stream().map(FaultKind::wireName).toList());
        FaultKind kind = Arrays.stream(FaultKind.values())
                .filter(candidate -> candidate.wireName().equals(wireName))
                .findFirst()
                .orElseThrow();
        int times = request.path("times").asInt(1);
        int delayMs = request.path("delayMs").asInt(kind == FaultKind.SLOW ? 1000 : 0);
        Fault fault = new Fault(provider, operation, kind, times, delayMs);
        if (times > 0) {
            armed.add(fault);
        }
        return fault;
    }

    private static Set<FaultKind> kindsOf(String provider, String operation) {
        if (provider.equals(MAIL)) {
            return OF_MAIL;
        }
        return operation.equals(WEBHOOK) ? FaultKind.OF_WEBHOOKS : FaultKind.OF_REQUESTS;
    }

    private static void requireOneOf(String member, String value, Collection<String> valid) {
        if (!valid.contains(value)) {
            throw new ControlError(
                    400,
                    "unknown_" + member,
                    "There is no " + member + " '" + value + "'; valid: " + String.join(", ", valid));
        }
    }

    /** Finds the fault of these kinds that was armed first, and uses it once. */
    public synchronized Optional<Fault> consume(String provider, String operation, Set<FaultKind> kinds) {
        for (int i = 0; i < armed.size(); i++) {
            Fault fault = armed.get(i);
            if (fault.provider().equals(provider)
                    && fault.operation().equals(operation)
                    && kinds.contains(fault.kind())) {
                armed.remove(i);
                if (fault.times() > 1) {
                    armed.add(i, fault.decrement());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    public synchronized List<Fault> list() {
        return List.copyOf(armed);
    }

    public synchronized void disarmAll() {
        armed.clear();
    }
}
