package org.switchboard.shell.internal.verbs;

import java.util.AbstractList;
import java.util.List;

/**
 * A list that knows what it lists, so that an empty one can be printed, and the others as a table.
 *
 * @param <T> a DTO or record of the api
 */
public final class Listing<T> extends AbstractList<T> implements Fitting {

    private final Class<T> type;
    private final List<T> items;
    private final int columns;

    public Listing(Class<T> type, List<T> items) {
        this(type, items, 0);
    }

    private Listing(Class<T> type, List<T> items, int columns) {
        this.type = type;
        this.items = List.copyOf(items);
        this.columns = columns;
    }

    @Override
    public Listing<T> within(int width) {
        return new Listing<>(type, items, width);
    }

    /** How wide its table may be; 0 for as wide as it is. */
    public int columns() {
        return columns;
    }

    /** The class of the items. */
    public Class<T> type() {
        return type;
    }

    @Override
    public T get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }
}
