package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Normalises and checks a webhook as {@link EventIngestion} does before it stores it, and asserts what must hold for every fact. */
public final class IngestionFixture {

    private static final EventContracts CONTRACTS = contracts();

    /** Well within the range of PostgreSQL's timestamps, 4713 BC to AD 294276. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private IngestionFixture() {}

    private static EventContracts contracts() {
        try {
            return new EventContracts();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /**
     * The fact; empty when the body is rejected in one of the declared ways.
     *
     * @throws RuntimeException when a fact violates its contract, cannot be stored, or differs when the same body is read again
     */
    public static Optional<Normalised> normalise(Normaliser normaliser, Delivery delivery) {
        Optional<Normalised> fact = read(normaliser, delivery);
        fact.ifPresent(it -> {
            CONTRACTS.validate(it.type(), it.data());
            it.time()
                    .filter(at -> at.isBefore(FIRST) || at.isAfter(LAST))
                    .ifPresent(time -> fail("a time that no table can hold: " + time));
            if (!read(normaliser, delivery).equals(fact)) {
                fail("two facts of one body: " + it);
            }
        });
        return fact;
    }

    private static Optional<Normalised> read(Normaliser normaliser, Delivery delivery) {
        try {
            return Optional.of(StorageLimits.apply(normaliser.normalise(delivery)));
        } catch (Normaliser.Unreadable refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                fail("rejected without a reason");
            }
            return Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static void fail(String sentence) {
        throw new IllegalStateException(sentence);
    }
}
