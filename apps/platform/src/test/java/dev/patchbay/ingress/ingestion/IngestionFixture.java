package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** What {@link EventIngestion} does with a genuine webhook before it is stored, with what must hold of every fact. */
public final class IngestionFixture {

    private static final EventContracts CONTRACTS = contracts();

    /** PostgreSQL's times reach from 4713 BC to AD 294276; nobody's calls do. */
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
     * The fact, or nothing when the body is refused in one of the declared ways.
     *
     * @throws RuntimeException when a fact keeps no contract, cannot be stored, or is another one when it is told again
     */
    public static Optional<Normalised> take(Normaliser normaliser, Delivery delivery) {
        Optional<Normalised> fact = read(normaliser, delivery);
        fact.ifPresent(it -> {
            CONTRACTS.validate(it.type(), it.data());
            it.time()
                    .filter(at -> at.isBefore(FIRST) || at.isAfter(LAST))
                    .ifPresent(odd -> broken("a time no table holds: " + odd));
            if (!read(normaliser, delivery).equals(fact)) {
                broken("read twice, two facts: " + it);
            }
        });
        return fact;
    }

    private static Optional<Normalised> read(Normaliser normaliser, Delivery delivery) {
        try {
            return Optional.of(StorageLimits.apply(normaliser.normalise(delivery)));
        } catch (Normaliser.Unreadable refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                broken("refused without a reason");
            }
            return Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static void broken(String sentence) {
        throw new IllegalStateException(sentence);
    }
}
