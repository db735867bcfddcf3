package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailStatusTests {

    @ParameterizedTest
    @CsvSource({"QUEUED, SENT, true", "QUEUED, FAILED, true", "QUEUED, QUEUED, false", "SENT, FAILED, false"})
    void onlyAQueuedMailChangesItsStatus(MailStatus status, MailStatus next, boolean allowed) {
        assertThat(status.mayBecome(next)).isEqualTo(allowed);
    }
}
