package org.switchboard.testkit;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Datagram;

/** A datagram that arrived from 192.0.2.7:4711, as a test describes it. */
public record FakeDatagram(ServiceEntry entry, ByteBuffer content) implements Datagram {

    public FakeDatagram {
        content = content.asReadOnlyBuffer();
    }

    public static FakeDatagram of(ServiceEntry entry, byte[] content) {
        return new FakeDatagram(entry, ByteBuffer.wrap(content));
    }

    /** With this text, in Latin-1. */
    public static FakeDatagram of(ServiceEntry entry, String content) {
        return of(entry, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public SocketAddress from() {
        return new InetSocketAddress("192.0.2.7", 4711);
    }

    @Override
    public SocketAddress to() {
        return new InetSocketAddress("192.0.2.1", 7);
    }
}
