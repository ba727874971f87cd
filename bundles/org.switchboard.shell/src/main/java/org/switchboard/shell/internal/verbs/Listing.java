package org.switchboard.shell.internal.verbs;

import java.util.AbstractList;
import java.util.List;

/**
 * A list that knows what it lists, so that an empty one can be printed, and the others as a table.
 *
 * @param <T> a DTO or record of the api
 */
public final class Listing<T> extends AbstractList<T> {

    private final Class<T> type;
    private final List<T> items;

    public Listing(Class<T> type, List<T> items) {
        this.type = type;
        this.items = List.copyOf(items);
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
