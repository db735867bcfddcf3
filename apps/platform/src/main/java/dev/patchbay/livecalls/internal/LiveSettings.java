package dev.patchbay.livecalls.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Time limits of live calls, and defaults for appointments.
 *
 * @param crmTimeout how long an incoming call waits for the CRM's answer
 * @param crmCacheTimeout how long a late answer of the CRM is awaited, for the cache
 * @param functionTimeout how long a function may take before the agent is told that its request is pending; below the voice
 * provider's own timeout
 * @param attemptTimeout how long one attempt may send and wait: short, so that a lost response is looked up in time
 * @param resumeDelay when another process, or this one after a restart, resumes an unfinished action
 * @param sweepInterval between two searches for expired holds and unfinished actions
 * @param holdMinutes how long a time is held
 * @param slotMinutes length of an appointment when the agent gives none
 */
@ConfigurationProperties("patchbay.live")
record LiveSettings(
        @DefaultValue("200ms") Duration crmTimeout,
        @DefaultValue("5s") Duration crmCacheTimeout,
        @DefaultValue("4s") Duration functionTimeout,
        @DefaultValue("2s") Duration attemptTimeout,
        @DefaultValue("30s") Duration resumeDelay,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("10") int holdMinutes,
        @DefaultValue("30") int slotMinutes) {}
