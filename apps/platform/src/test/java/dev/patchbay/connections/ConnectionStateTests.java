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
    void onlyACheckedConnectionBecomesReadyAndADisconnectedOneIsCheckedFirst() {
        assertThat(READY.predecessorNames()).containsExactly("TESTING", "READY", "UNHEALTHY");
        assertThat(TESTING.predecessorNames())
                .containsExactly("NEEDS_SECRET", "TESTING", "READY", "UNHEALTHY", "DISCONNECTED");
        assertThat(UNHEALTHY.predecessorNames()).containsExactly("TESTING", "READY", "UNHEALTHY");
        assertThat(NEEDS_SECRET.predecessorNames()).containsExactly("TESTING");
        assertThat(DISCONNECTED.predecessorNames()).containsExactly("NEEDS_SECRET", "TESTING", "READY", "UNHEALTHY");
    }
}
