package org.switchboard.ports.internal;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Another process: holds a port of each transport, prints both numbers, and ends with its input. */
final class HoldPort {

    private HoldPort() {
    }

    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            System.out.println(tcp.getLocalPort() + " " + udp.getLocalPort());
            System.in.read();
        }
    }
}
