package dev.patchbay.billing.rating;

/** The quantity is beyond the last tier, so it has no price. */
public class UnpricedQuantity extends RuntimeException {

    UnpricedQuantity(String sentence) {
        super(sentence);
    }
}
