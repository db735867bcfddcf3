package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.erasure.Erasures;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/erasures}: erases one person's data. */
@RestController
class ErasureController {

    private final Erasures erasures;
    private final Clients clients;

    ErasureController(Erasures erasures, Clients clients) {
        this.erasures = erasures;
        this.clients = clients;
    }

    private List<String> countries(TenantScope scope) {
        return clients.list(scope, Integer.MAX_VALUE, "").stream()
                .map(Client::country)
                .distinct()
                .toList();
    }

    /** Identifies the person by one of the three. */
    record ErasureRequest(
            @Nullable String phone,
            @Nullable String email,
            @Nullable String contactId) {

        /** @param countries of the clients in whose format a number without a country code may be written */
        String person(List<String> countries) {
            if (phone != null) {
                return number(phone, countries);
            }
            if (email != null) {
                return email.strip().toLowerCase(Locale.ROOT);
            }
            if (contactId != null) {
                return "contact:" + contactId;
            }
            throw new Problem(ProblemType.MALFORMED_REQUEST, "Send phone, email or contactId.");
        }
    }

    /** The one number that the text means; a number that is another one in another client's country is not guessed. */
    private static String number(String written, List<String> countries) {
        List<String> numbers = countries.stream()
                .flatMap(country -> PhoneNumber.read(written, country).stream())
                .filter(PhoneNumber::isAssigned)
                .map(PhoneNumber::e164)
                .distinct()
                .toList();
        return PhoneNumber.read(written)
                .map(PhoneNumber::e164)
                .or(() -> numbers.size() == 1 ? Optional.of(numbers.getFirst()) : Optional.empty())
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST, "Send the phone number with its country code, as E.164."));
    }

    record ErasureResponse(Map<String, Integer> erased) {}

    @Requires("erase:persons")
    @PostMapping("/api/v1/erasures")
    ErasureResponse erase(Caller caller, @RequestBody ErasureRequest body, HttpServletRequest request) {
        return new ErasureResponse(erasures.erase(
                caller.scope(),
                caller.subject(),
                body.person(countries(caller.scope())),
                CorrelationFilter.of(request)));
    }
}
