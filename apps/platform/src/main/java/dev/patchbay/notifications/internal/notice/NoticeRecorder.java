package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Stores a notice in the transaction of its fact; without a transaction of the tenant the notice, and so the fact, is refused. */
@Component
class NoticeRecorder {

    /** Facts that come in a burst are seen together, so that they become one notice before any of them is sent. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final NoticeRepository notices;
    private final Clock clock;

    NoticeRecorder(NoticeRepository notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    @EventListener
    void record(Notice notice) {
        Instant now = clock.instant();
        notices.insertIfAbsent(Ids.next("ntc", now), notice, now, now.plus(LINGER));
    }
}
