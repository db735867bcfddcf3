package dev.patchbay.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The registry of the topics of notices. Each topic names the members of {@link Notice#data()} that its texts need (the bundle
 * {@code messages/notice}), and the permission of the people who are notified. docs/runbooks/messages.md says by which channel
 * each message is sent.
 */
public enum NoticeTopic {
    /** A user signed in from a browser that they never used before. */
    SIGN_IN_FROM_NEW_DEVICE(NoticeSeverity.CRITICAL, false, "read:users", "browser address"),
    /** A user or a group was assigned a role. */
    ROLE_ASSIGNED(NoticeSeverity.CRITICAL, false, "read:roles", "role holder"),
    /** An operator of the installation acts as one of the agency's users. */
    IMPERSONATION_STARTED(NoticeSeverity.CRITICAL, false, "read:audit", "user reason"),
    /** A payment of a client's invoice failed. */
    PAYMENT_FAILED(NoticeSeverity.CRITICAL, false, "read:billing", "client invoice reason"),
    /** A client reached its spending cap. */
    CAP_REACHED(NoticeSeverity.CRITICAL, true, "read:billing", "client cap"),
    /** A provider rejects a connection's credentials, or has not answered for a long time. */
    CONNECTION_DOWN(NoticeSeverity.CRITICAL, true, "read:connections", "connection provider reason"),
    /** A connection that was down works again. */
    CONNECTION_RECOVERED(NoticeSeverity.WARNING, false, "read:connections", "connection provider"),
    /** Many webhooks to one address were refused. */
    WEBHOOKS_REFUSED(NoticeSeverity.CRITICAL, false, "read:ingress", "provider count"),
    /** Events wait longer than they should. */
    BACKLOG_GROWING(NoticeSeverity.CRITICAL, true, "read:ingress", "waiting oldest"),
    /** A promise about the service was not kept. */
    SLA_MISSED(NoticeSeverity.CRITICAL, false, "read:ingress", "objective measured"),
    /** Usage or cost differs from what is usual. */
    ANOMALY_FOUND(NoticeSeverity.CRITICAL, false, "read:billing", "client finding"),
    /** More than one call in a hundred belongs to no client. */
    USAGE_UNATTRIBUTED(NoticeSeverity.WARNING, false, "collect:usage", "calls share"),
    /** A known call is missing from usage, so usage is not recorded correctly. */
    USAGE_CANARY_MISSED(NoticeSeverity.CRITICAL, true, "collect:usage", "quarter"),
    /** A provider's usage cannot be collected. */
    USAGE_COLLECTION_FAILING(NoticeSeverity.WARNING, false, "collect:usage", "provider reason"),
    /** Runs stopped and wait for a person. */
    DEAD_LETTERS_GROWING(NoticeSeverity.WARNING, false, "read:runs", "flow reason"),
    /** A deployment stopped before its end. */
    DEPLOYMENT_STOPPED(NoticeSeverity.CRITICAL, false, "read:flows", "deployment reason"),
    /** A resource at a provider differs from the deployed one. */
    DRIFT_FOUND(NoticeSeverity.INFO, false, "read:flows", "resource kind"),
    /** A change waits for a second person. */
    APPROVAL_REQUESTED(NoticeSeverity.WARNING, false, "read:flows", "change requester"),
    /** A generated draft is ready to be reviewed. */
    DRAFT_READY(NoticeSeverity.INFO, false, "read:flows", "draft"),
    /** A feature flag is about to expire, or has expired. */
    FLAG_EXPIRING(NoticeSeverity.INFO, false, "operate:platform", "flag expires");

    private final NoticeSeverity severity;
    private final boolean sms;
    private final String readers;
    private final String dataNames;

    NoticeTopic(NoticeSeverity severity, boolean sms, String readers, String dataNames) {
        this.severity = severity;
        this.sms = sms;
        this.readers = readers;
        this.dataNames = dataNames;
    }

    /** Returns the topic as the API writes it, for example {@code connection-down}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the topic with that label, for example {@code connection-down}. */
    public static Optional<NoticeTopic> findByLabel(String label) {
        return Arrays.stream(values())
                .filter(topic -> topic.label().equals(label))
                .findFirst();
    }

    /** Returns the severity of its notices, unless the publisher of a notice sets another one. */
    public NoticeSeverity severity() {
        return severity;
    }

    /** Returns whether its critical notices are texted at once to people who confirmed a number. */
    public boolean isTexted() {
        return sms;
    }

    /** Returns the permission of the people who get its notices, held for the client concerned or the whole tenant. */
    public Permission readers() {
        return Permission.of(readers);
    }

    /** Returns the members of {@link Notice#data()} that its texts need. */
    public Set<String> dataNames() {
        return Set.of(dataNames.split(" "));
    }
}
