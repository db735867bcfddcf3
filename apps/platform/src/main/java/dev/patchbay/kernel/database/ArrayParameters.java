package dev.patchbay.kernel.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement over many rows, in order: each parameter is an array with one element per row. */
public final class ArrayParameters<R> {

    private final PreparedStatement statement;
    private final List<R> rows;
    private int column;

    public ArrayParameters(PreparedStatement statement, List<R> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    public ArrayParameters<R> texts(Function<R, ? extends @Nullable String> value) throws SQLException {
        return array("text", new String[rows.size()], value);
    }

    public ArrayParameters<R> times(Function<R, Instant> value) throws SQLException {
        return array(
                "timestamptz", new String[rows.size()], row -> value.apply(row).toString());
    }

    public ArrayParameters<R> numbers(Function<R, Long> value) throws SQLException {
        return array("bigint", new Long[rows.size()], value);
    }

    public ArrayParameters<R> bytes(Function<R, byte[]> value) throws SQLException {
        return array("bytea", new byte[rows.size()][], value);
    }

    public PreparedStatement statement() {
        return statement;
    }

    private ArrayParameters<R> array(String type, Object[] values, Function<R, ? extends @Nullable Object> value)
            throws SQLException {
        for (int index = 0; index < values.length; index++) {
            values[index] = value.apply(rows.get(index));
        }
        statement.setArray(++column, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
