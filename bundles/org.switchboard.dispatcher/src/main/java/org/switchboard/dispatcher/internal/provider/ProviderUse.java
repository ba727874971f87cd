package org.switchboard.dispatcher.internal.provider;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to call a provider's object until it is closed. Closing twice does nothing. */
public final class ProviderUse implements AutoCloseable {

    private final ProviderHandle handle;
    private final Object object;
    private final AtomicBoolean closed = new AtomicBoolean();

    ProviderUse(ProviderHandle handle, Object object) {
        this.handle = handle;
        this.object = object;
    }

    public ProviderHandle handle() {
        return handle;
    }

    /** The provider; the kind was checked when the handle was chosen. */
    public <T> T as(Class<T> kind) {
        return kind.cast(object);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            handle.release(object);
        }
    }
}
