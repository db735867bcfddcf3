package dev.patchbay.flows.run;

import dev.patchbay.effects.InputReader;
import dev.patchbay.effects.Locality;
import dev.patchbay.effects.OwnNumbers;
import dev.patchbay.effects.ReadInput;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.kernel.time.TimeReading;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads the values of calls' inputs as people and agents write them, in the client's country, zone and language. */
@Component
record CallInputs(InputReader reader, OwnNumbers ownNumbers) {

    /** How one run's inputs are read. */
    interface Reader {
        ReadInput read(String function, JsonNode input);

        /** A moment as people write it, or a number of seconds since 1970; empty when it is none or in doubt. */
        Optional<Instant> readTime(JsonNode written);
    }

    private record LocalReader(InputReader reader, Locality locality) implements Reader {

        @Override
        public ReadInput read(String function, JsonNode input) {
            return reader.read(function, input, locality);
        }

        @Override
        public Optional<Instant> readTime(JsonNode written) {
            var times = new TimeReader(locality.zone(), locality.locale(), locality.writtenAt());
            return times.read(written) instanceof TimeReading.Moment moment
                    ? Optional.of(moment.time().toInstant())
                    : Optional.empty();
        }
    }

    /** @param event from whose call “tomorrow” is counted, where it is about a call; else from the start of the run */
    Reader forRun(TenantId tenant, Client client, JsonNode event, Instant startedAt) {
        var locality = new Locality(
                client.zone(),
                client.locale(),
                client.country(),
                endOfCall(event).orElse(startedAt),
                number -> ownNumbers.contain(tenant, client.id(), number));
        return new LocalReader(reader, locality);
    }

    private static Optional<Instant> endOfCall(JsonNode event) {
        return Stream.of("endedAt", "startedAt")
                .map(member -> event.path("call").path(member).asString(""))
                .flatMap(text -> parse(text).stream())
                .findFirst();
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
