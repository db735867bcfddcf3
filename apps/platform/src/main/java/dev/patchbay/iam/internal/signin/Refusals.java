package dev.patchbay.iam.internal.signin;

import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells operators why people are not let in: a line in the log and a count by reason ({@code sign_in.refused}). */
@Component
class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @throws Refused by the work, or when the issuer could not be reached */
    <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unreachable absent) {
            throw told(Refused.unreachable(String.valueOf(absent.getMessage())));
        } catch (Refused refused) {
            throw told(refused);
        }
    }

    private Refused told(Refused refused) {
        meters.counter("sign_in.refused", "reason", refused.reason().tag()).increment();
        LOG.warn("nobody was signed in: {} {}", refused.reason().tag(), refused.said());
        return refused;
    }
}
