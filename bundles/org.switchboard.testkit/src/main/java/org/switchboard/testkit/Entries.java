package org.switchboard.testkit;

import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** Entries for tests that need one and do not care which. */
public final class Entries {

    /** Where the entries made here say they come from. */
    public static final Origin ORIGIN = new Origin("test.conf", 1);

    private Entries() {
    }

    /** A builder for an entry of that name, from {@link #ORIGIN}. */
    public static ServiceEntry.Builder entry(String name, Protocol protocol) {
        return ServiceEntry.builder(name, protocol, ORIGIN);
    }

    public static ServiceEntry tcp(String name) {
        return entry(name, Protocol.TCP4).build();
    }

    public static ServiceEntry udp(String name) {
        return entry(name, Protocol.UDP4).build();
    }
}
