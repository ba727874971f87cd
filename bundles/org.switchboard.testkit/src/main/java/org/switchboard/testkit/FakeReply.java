package org.switchboard.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.provider.Reply;

/** Keeps the datagrams that were sent back. Safe for use by several threads. */
public final class FakeReply implements Reply {

    /** Guarded by this. */
    private final List<byte[]> sent = new ArrayList<>();

    @Override
    public synchronized void send(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        sent.add(bytes);
    }

    /** The datagrams sent so far, each a copy of its own. */
    public synchronized List<byte[]> sent() {
        return sent.stream().map(byte[]::clone).toList();
    }

    /** The same as Latin-1 texts. */
    public List<String> texts() {
        return sent().stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).toList();
    }
}
