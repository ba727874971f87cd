package org.switchboard.testkit;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.entry.ServiceEntry;

/** A client at the door, as a test describes it. */
public record FakeArrival(ServiceEntry entry, Optional<SocketAddress> remote, SocketAddress local, int running)
        implements Arrival {

    /** An arrival at port 7 of 192.0.2.1 from that numeric address and port. */
    public static FakeArrival from(ServiceEntry entry, String address, int port) {
        return new FakeArrival(entry, Optional.of(new InetSocketAddress(address, port)), new InetSocketAddress("192.0.2.1", 7), 0);
    }

    /** Somebody in the queue of a socket whose peer the server does not see. */
    public static FakeArrival unseen(ServiceEntry entry) {
        return new FakeArrival(entry, Optional.empty(), new InetSocketAddress("192.0.2.1", 7), 0);
    }

    /** The same arrival at that local port. */
    public FakeArrival at(int localPort) {
        return new FakeArrival(entry, remote, new InetSocketAddress("192.0.2.1", localPort), running);
    }

    /** The same arrival while that many sessions of the entry are running. */
    public FakeArrival whileRunning(int sessions) {
        return new FakeArrival(entry, remote, local, sessions);
    }
}
