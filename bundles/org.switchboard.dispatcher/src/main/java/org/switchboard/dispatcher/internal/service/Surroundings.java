package org.switchboard.dispatcher.internal.service;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.events.Announcer;
import org.switchboard.dispatcher.internal.listen.Loops;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.resolve.Resolver;
import org.switchboard.dispatcher.internal.serve.ConnectionServer;
import org.switchboard.dispatcher.internal.serve.DatagramServer;
import org.switchboard.dispatcher.internal.serve.DescriptorServer;
import org.switchboard.dispatcher.internal.serve.PeerServer;
import org.switchboard.dispatcher.internal.serve.Workers;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.Readiness;
import org.switchboard.posix.Sockets;

/**
 * What all entries share.
 *
 * @param dispatcher the one thread on which entries change
 * @param gate whether ports are opened at all
 * @param announcer told of ports that are opened and closed
 */
public record Surroundings(ScheduledExecutorService dispatcher, OpeningGate gate, ProviderDirectory directory, PortRegistry ports, Sockets sockets,
        HeldSockets held, Supplier<RpcRegistry> rpc, Readiness readiness, Loops loops, Resolver resolver, Admission admission,
        ConnectionServer connections, DescriptorServer descriptors, PeerServer peers, DatagramServer datagrams, Workers workers,
        ReturnedPorts returned, SuspendedServices suspended, Settings settings, Settling settling, InstantSource clock,
        Announcer announcer, Logger log) {
}
