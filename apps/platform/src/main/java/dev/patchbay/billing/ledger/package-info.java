/** The ledger: accounts, and transfers that each move one amount between two of them. */
@NullMarked
package dev.patchbay.billing.ledger;

import org.jspecify.annotations.NullMarked;
