package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as jq 1.7 writes them into texts: 2.0 as {@code 2}, 1.0E-5 as {@code 1e-05}. The library computes in Java's doubles and
 * would write them as Java does.
 */
final class JqNumbers {

    private static final double MAX_EXACT = 0x1p53;

    /** jq writes an exponent below 0.0001 and above fifteen places behind the digits (its {@code jvp_dtoa_fmt}). */
    private static final int MIN_EXPONENT = -4;

    private static final int MAX_TRAILING_PLACES = 15;

    private JqNumbers() {}

    /** The number as a whole number where it is one, else with the text that jq gives it; any other value as it is. */
    static JsonNode normalise(JsonNode value) {
        if (!value.isFloatingPointNumber() || value instanceof Written) {
            return value;
        }
        double number = value.doubleValue();
        return number == Math.rint(number) && Math.abs(number) < MAX_EXACT ? whole((long) number) : new Written(number);
    }

    private static JsonNode whole(long number) {
        return number == (int) number
                ? JsonNodeFactory.instance.numberNode((int) number)
                : JsonNodeFactory.instance.numberNode(number);
    }

    static String text(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "null" : (number < 0 ? "-" : "") + "1.7976931348623157e+308";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        String sign = number < 0 ? "-" : "";
        return point <= MIN_EXPONENT || point > digits.length() + MAX_TRAILING_PLACES
                ? sign + withExponent(digits, point - 1)
                : sign + shortest.abs().toPlainString();
    }

    private static String withExponent(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String places = Integer.toString(Math.abs(exponent));
        return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + (places.length() == 1 ? "0" : "")
                + places;
    }

    /** A double whose text is jq's. */
    private static final class Written extends NumericNode {

        private static final long serialVersionUID = 1;

        private final double value;

        Written(double value) {
            this.value = value;
        }

        @Override
        public JsonToken asToken() {
            return JsonToken.VALUE_NUMBER_FLOAT;
        }

        @Override
        public JsonParser.NumberType numberType() {
            return JsonParser.NumberType.DOUBLE;
        }

        @Override
        public boolean isFloatingPointNumber() {
            return true;
        }

        @Override
        public boolean isDouble() {
            return true;
        }

        @Override
        public boolean canConvertToInt() {
            return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
        }

        @Override
        public boolean canConvertToLong() {
            return value >= Long.MIN_VALUE && value <= Long.MAX_VALUE;
        }

        @Override
        public Number numberValue() {
            return value;
        }

        @Override
        public int intValue() {
            return (int) value;
        }

        @Override
        public long longValue() {
            return (long) value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public BigDecimal decimalValue() {
            return BigDecimal.valueOf(value);
        }

        @Override
        public BigInteger bigIntegerValue() {
            return decimalValue().toBigInteger();
        }

        @Override
        public boolean isNaN() {
            return !Double.isFinite(value);
        }

        @Override
        public String asText() {
            return text(value);
        }

        @Override
        public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeRawValue(asText());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NumericNode number && Double.compare(number.doubleValue(), value) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }
    }
}
