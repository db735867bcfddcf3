package dev.patchbay.ingress.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement over many rows, in order: each is an array with one element a row. */
final class ArrayParameters<R> {

    private final PreparedStatement statement;
    private final List<R> rows;
    private int column;

    ArrayParameters(PreparedStatement statement, List<R> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    ArrayParameters<R> texts(Function<R, ? extends @Nullable String> value) throws SQLException {
        return array("text", new String[rows.size()], value);
    }

    ArrayParameters<R> times(Function<R, Instant> value) throws SQLException {
        return array(
                "timestamptz", new String[rows.size()], row -> value.apply(row).toString());
    }

    ArrayParameters<R> numbers(Function<R, Long> value) throws SQLException {
        return array("bigint", new Long[rows.size()], value);
    }

    ArrayParameters<R> bytes(Function<R, byte[]> value) throws SQLException {
        return array("bytea", new byte[rows.size()][], value);
    }

    PreparedStatement statement() {
        return statement;
    }

    private ArrayParameters<R> array(String type, Object[] values, Function<R, ? extends @Nullable Object> value)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        statement.setArray(++column, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
