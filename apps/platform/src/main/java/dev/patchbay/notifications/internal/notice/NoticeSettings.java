package dev.patchbay.notifications.internal.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of notices.
 *
 * @param interval between two runs of the planner and the dispatchers ({@code PATCHBAY_NOTICES_INTERVAL})
 */
@ConfigurationProperties("patchbay.notices")
record NoticeSettings(@DefaultValue("1s") Duration interval) {}
