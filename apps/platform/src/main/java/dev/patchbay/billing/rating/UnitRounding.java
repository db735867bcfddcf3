package dev.patchbay.billing.rating;

import dev.patchbay.kernel.Exact;
import java.math.RoundingMode;

/** The way in which units are rounded before they are priced; {@link #UP} charges for started packages. */
public enum UnitRounding {
    NONE {
        @Override
        Exact round(Exact units) {
            return units;
        }
    },
    UP {
        @Override
        Exact round(Exact units) {
            return Exact.of(units.round(0, RoundingMode.CEILING));
        }
    },
    DOWN {
        @Override
        Exact round(Exact units) {
            return Exact.of(units.round(0, RoundingMode.FLOOR));
        }
    };

    abstract Exact round(Exact units);
}
