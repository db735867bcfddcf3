package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as bytes on the wire: clients would not send some of them. */
@PatchbayTest
class UrlEncodingFilterTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/%76%31/clients",
                "/%73ign-out",
                "/%69ngress/retell/x",
                "/api/v1/flows/%2E",
                "/api/v1/clients%7e",
                "/actuator/health?x=%ff",
                "/actuator/health?x=%C3",
                "/actuator/health?x=%C3(",
                "/actuator/health?after=a%00b",
                "/actuator/health?x=%",
                "/actuator/health?x=%4",
                "/actuator/health?x=%zz",
                "/actuator/health?x=%4z"
            })
    void anAddressThatCannotBeDecodedOrHidesItsPathIsMalformed(String address) throws IOException {
        assertThat(statusOf(address)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health?x=%C3%A9%20%2B, 200",
        "/actuator/health?x=a%41, 200",
        "/actuator/health, 200",
        "/api/v1/clients/%20, 401",
        "/api/v1/clients/%C3%A9, 401"
    })
    void anOrdinaryAddressIsServed(String address, int status) throws IOException {
        assertThat(statusOf(address)).isEqualTo(status);
    }

    private static int statusOf(String address) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), TestEnvironment.PORT)) {
            socket.getOutputStream()
                    .write(("GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(response.substring(9, 12));
        }
    }
}
