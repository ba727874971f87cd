package org.switchboard.posix.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.UnixDatagrams;

/** {@link UnixDatagrams} for the launcher, which shares only types of the JDK with us: a path and one datagram for it. */
@Component(service = BiConsumer.class, property = "switchboard.datagrams:Boolean=true")
public final class DatagramSender implements BiConsumer<String, byte[]> {

    private final UnixDatagrams datagrams;

    @Activate
    public DatagramSender(@Reference UnixDatagrams datagrams) {
        this.datagrams = datagrams;
    }

    /** @throws UncheckedIOException if nobody takes it */
    @Override
    public void accept(String path, byte[] datagram) {
        try (UnixDatagrams.Outlet outlet = datagrams.connect(path)) {
            outlet.send(datagram);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
