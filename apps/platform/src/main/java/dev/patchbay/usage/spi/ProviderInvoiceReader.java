package dev.patchbay.usage.spi;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a provider's invoice in the provider's own format. */
public interface ProviderInvoiceReader {

    /** The provider it serves. */
    String provider();

    /**
     * Reads a whole invoice.
     *
     * @param month the month that the sender names; null: the document's own
     * @throws Unreadable when it is not an invoice of this provider, or of another month
     * @throws IOException when the body breaks off
     */
    ProviderInvoice read(InputStream body, Format format, @Nullable YearMonth month) throws IOException;

    /** The form of the document. */
    enum Format {
        JSON,
        CSV
    }

    /**
     * @param zone the provider's, in which its month begins and ends
     * @param total as stated, in major units
     */
    record ProviderInvoice(
            YearMonth month, ZoneId zone, Currency currency, BigDecimal total, List<InvoiceLine> lines) {}

    /**
     * @param subject the call; empty text for a line without one, such as the rent of a number
     * @param cost in major units, with every digit
     * @param beganAt of the call; null without one
     */
    record InvoiceLine(
            String subject,
            String product,
            int leg,
            BigDecimal quantity,
            BigDecimal cost,
            @Nullable Instant beganAt) {}

    /** The document cannot be read; the message says why, in a sentence. */
    class Unreadable extends RuntimeException {
        public Unreadable(String sentence) {
            super(sentence);
        }
    }
}
