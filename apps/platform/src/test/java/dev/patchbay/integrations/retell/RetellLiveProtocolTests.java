package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetellLiveProtocolTests {

    private final RetellLiveProtocol protocol = new RetellLiveProtocol();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"start\": \"x\"}; {\"start\": \"x\"}",
                "\"{\\\"start\\\": \\\"x\\\"}\"; {\"start\": \"x\"}",
                "\"[1]\"; {}",
                "\"no json\"; {}",
                "7; {}"
            })
    void argumentsMayBeATextThatHoldsJson(String arguments, String read) {
        String body = "{\"call\": {\"call_id\": \"c1\"}, \"args\": %s}".formatted(arguments);

        var call = protocol.function("calendar.book", new Delivery("", name -> Optional.empty(), Hashing.utf8(body)));

        assertThat(call.arguments()).isEqualTo(Json.read(read));
    }
}
