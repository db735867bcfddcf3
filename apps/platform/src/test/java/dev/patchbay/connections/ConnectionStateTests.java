package dev.patchbay.connections;

import static dev.patchbay.connections.ConnectionState.DISCONNECTED;
import static dev.patchbay.connections.ConnectionState.NEEDS_SECRET;
import static dev.patchbay.connections.ConnectionState.READY;
import static dev.patchbay.connections.ConnectionState.TESTING;
import static dev.patchbay.connections.ConnectionState.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionStateTests {

    @Test
    void onlyWhatWasTestedIsReadyAndOnlyNewCredentialsLeadBackFromDisconnected() {
        assertThat(READY.before()).containsExactly("TESTING", "READY", "UNHEALTHY");
        assertThat(TESTING.before()).containsExactly("NEEDS_SECRET", "TESTING", "READY", "UNHEALTHY", "DISCONNECTED");
        assertThat(UNHEALTHY.before()).containsExactly("TESTING", "READY", "UNHEALTHY");
        assertThat(NEEDS_SECRET.before()).containsExactly("TESTING");
        assertThat(DISCONNECTED.before()).containsExactly("NEEDS_SECRET", "TESTING", "READY", "UNHEALTHY");
    }
}
