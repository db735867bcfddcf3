package dev.patchbay.flows.internal.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a caller may have to wait for us.
 *
 * @param crmBudget after that a ringing call is taken without the CRM's answer
 * @param crmPatience how long the CRM's answer is waited for all the same, to be remembered for the next call
 * @param functionBudget after that the agent is told that an act will be confirmed later; below the provider's own limit
 * @param actWindow how long one attempt at an act may send and wait: short, so that a lost answer is looked up in time
 * @param resumeAfter when another process, or this one after a restart, carries on an act that nobody finished
 * @param sweepEvery how often held times and unfinished acts are looked for
 * @param holdMinutes how long a time is held that an agent asks to hold
 * @param slotMinutes how long an appointment is when the agent does not say
 */
@ConfigurationProperties("patchbay.live")
record LiveSettings(
        @DefaultValue("200ms") Duration crmBudget,
        @DefaultValue("5s") Duration crmPatience,
        @DefaultValue("4s") Duration functionBudget,
        @DefaultValue("2s") Duration actWindow,
        @DefaultValue("30s") Duration resumeAfter,
        @DefaultValue("5s") Duration sweepEvery,
        @DefaultValue("10") int holdMinutes,
        @DefaultValue("30") int slotMinutes) {}
