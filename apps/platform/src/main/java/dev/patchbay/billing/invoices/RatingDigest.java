package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.PeriodRating;
import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.usage.BillableRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SHA-256 over values, each preceded by its length, so that no two lists of values look alike. */
final class RatingDigest {

    private static final int RECORD_LENGTH = 320;

    private final MessageDigest sha256;

    RatingDigest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Digests everything that a rating is computed from; the records are in the order of {@code (seq, n)}. */
    static byte[] ofInputs(Subscription subscription, BillingPeriod period, List<BillableRecord> records) {
        var digest = new RatingDigest()
                .add(PeriodRating.ENGINE_VERSION)
                .add(subscription.termsDigest())
                .add(subscription.trialEndsAt(period.zone()))
                .add(period);
        records.forEach(digest::add);
        return digest.finish();
    }

    static byte[] ofLines(List<RatedLine> lines) {
        var digest = new RatingDigest();
        for (RatedLine line : lines) {
            digest.add(line.charge())
                    .add(line.kind())
                    .add(line.rule())
                    .add(line.quantity())
                    .add(line.exact())
                    .add(line.amount());
        }
        return digest.finish();
    }

    /** Adds a record as one value, because a period may have hundreds of thousands. */
    private void add(BillableRecord record) {
        var text = new StringBuilder(RECORD_LENGTH);
        append(text, record.seq());
        append(text, record.n());
        append(text, record.connection());
        append(text, record.subject());
        append(text, record.product());
        append(text, record.leg());
        append(text, record.metric());
        append(text, record.quantity().toPlainString());
        append(text, record.cost().toPlainString());
        append(text, record.currency());
        append(text, record.agentId());
        append(text, record.agentVersion());
        append(text, record.occurredAt());
        append(text, record.localDay());
        append(text, record.reversal());
        add(text);
    }

    private static void append(StringBuilder text, @Nullable Object field) {
        if (field == null) {
            text.append('-');
        } else {
            String value = field.toString();
            text.append(value.length()).append(':').append(value);
        }
    }

    /** Adds the value's text; null is different from every text. */
    RatingDigest add(@Nullable Object value) {
        return value == null ? addLength(-1) : add(Hashing.utf8(value.toString()));
    }

    RatingDigest add(byte[] bytes) {
        addLength(bytes.length).sha256.update(bytes);
        return this;
    }

    private RatingDigest addLength(int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        return this;
    }

    byte[] finish() {
        return sha256.digest();
    }
}
