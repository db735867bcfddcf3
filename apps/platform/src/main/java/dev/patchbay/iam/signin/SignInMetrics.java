package dev.patchbay.iam.signin;

import dev.patchbay.iam.oidc.SignInRefused;
import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells operators why people are not let in: a line in the log and a count by reason ({@code sign_in.refused}). */
@Component
class SignInMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(SignInMetrics.class);

    private final MeterRegistry meters;

    SignInMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @throws SignInRefused by the work, or when the issuer could not be reached */
    <T> T recordRefusal(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unreachable absent) {
            throw told(SignInRefused.unreachable(String.valueOf(absent.getMessage())));
        } catch (SignInRefused signInRefused) {
            throw told(signInRefused);
        }
    }

    private SignInRefused told(SignInRefused signInRefused) {
        meters.counter("sign_in.refused", "reason", signInRefused.reason().tag())
                .increment();
        LOG.warn("nobody was signed in: {} {}", signInRefused.reason().tag(), signInRefused.said());
        return signInRefused;
    }
}
