package dev.patchbay.iam.signin;

import dev.patchbay.iam.oidc.SignInRefused;
import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts sign-ins. Counts refused ones by reason ({@code sign_in.refused}) and logs them. */
@Component
class SignInMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(SignInMetrics.class);

    private final MeterRegistry meters;

    SignInMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Runs the work and records a refusal.
     *
     * @throws SignInRefused when the work refuses, or when the issuer could not be reached
     */
    <T> T recordRefusals(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unreachable unreachable) {
            throw record(SignInRefused.unreachable(String.valueOf(unreachable.getMessage())));
        } catch (SignInRefused refused) {
            throw record(refused);
        }
    }

    void recordCompletion() {
        meters.counter("sign_in.completed").increment();
    }

    private SignInRefused record(SignInRefused refused) {
        String reason = refused.reason().tag();
        meters.counter("sign_in.refused", "reason", reason).increment();
        LOG.warn("sign-in refused: {} {}", reason, refused.logDetail());
        return refused;
    }
}
