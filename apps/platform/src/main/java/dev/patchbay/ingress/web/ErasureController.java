package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.erasure.Erasures;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/erasures}: erases one person's data. */
@RestController
class ErasureController {

    private final Erasures erasures;

    ErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    /** Identifies the person by one of the three. */
    record ErasureRequest(
            @Nullable String phone,
            @Nullable String email,
            @Nullable String contactId) {

        String person() {
            if (phone != null) {
                return PhoneNumber.read(phone)
                        .map(PhoneNumber::e164)
                        .orElseThrow(() -> new Problem(
                                ProblemType.MALFORMED_REQUEST,
                                "Send the phone number with its country code, as E.164."));
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

    record ErasureResponse(Map<String, Integer> erased) {}

    @Requires("erase:persons")
    @PostMapping("/api/v1/erasures")
    ErasureResponse erase(Caller caller, @RequestBody ErasureRequest body, HttpServletRequest request) {
        return new ErasureResponse(
                erasures.erase(caller.scope(), caller.subject(), body.person(), CorrelationFilter.of(request)));
    }
}
