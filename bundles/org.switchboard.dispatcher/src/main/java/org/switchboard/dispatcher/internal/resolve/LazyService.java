package org.switchboard.dispatcher.internal.resolve;

import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.ComponentServiceObjects;

/** A service whose object is taken when it is needed first, and kept until the component that wanted it goes. */
public final class LazyService<T> implements Supplier<T> {

    private final ComponentServiceObjects<T> objects;
    private Optional<T> taken = Optional.empty(); // guarded by this

    public LazyService(ComponentServiceObjects<T> objects) {
        this.objects = objects;
    }

    @Override
    public synchronized T get() {
        if (taken.isEmpty()) {
            taken = Optional.of(objects.getService());
        }
        return taken.get();
    }
}
