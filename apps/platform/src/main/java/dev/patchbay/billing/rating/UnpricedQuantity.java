package dev.patchbay.billing.rating;

/** Thrown when a quantity has no price, for example because it is beyond the last tier. */
public class UnpricedQuantity extends RuntimeException {

    UnpricedQuantity(String sentence) {
        super(sentence);
    }
}
