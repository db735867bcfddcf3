package dev.patchbay.iam.sessions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions last.
 *
 * @param idle without use ({@code PATCHBAY_SESSIONS_IDLE})
 * @param absolute at most ({@code PATCHBAY_SESSIONS_ABSOLUTE})
 */
@ConfigurationProperties("patchbay.sessions")
public record SessionSettings(
        @DefaultValue("8h") Duration idle,
        @DefaultValue("7d") Duration absolute) {}
