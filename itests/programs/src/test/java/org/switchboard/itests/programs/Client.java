package org.switchboard.itests.programs;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Clients on the loopback. Everything they wait for has a deadline. */
public final class Client {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int DEADLINE_MILLIS = (int) RunningServer.DEADLINE.toMillis();
    private static final int MAX_DATAGRAM = 65_535;

    private Client() {
    }

    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(DEADLINE_MILLIS);
        return socket;
    }

    /** Sends, closes its side, and reads until the server closes too. */
    public static String talk(int port, String text) throws IOException {
        try (Socket socket = connect(port)) {
            return talk(socket, text);
        }
    }

    /** The same on a connection that is there already. */
    public static String talk(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads to the end of a line; the rest is left in the socket. */
    public static String readLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next != '\n'; next = socket.getInputStream().read()) {
            if (next < 0) {
                throw new IOException("the connection ended after '" + line + "'");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    public static boolean isOpen(int port) throws IOException {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (SocketException refusedOrCut) {
            return false;
        }
    }

    /** A datagram socket that answers are waited for on. */
    public static DatagramSocket datagrams() throws IOException {
        return datagrams(LOOPBACK);
    }

    /** The same, with an address of its own. */
    public static DatagramSocket datagrams(String address) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address));
        socket.setSoTimeout(DEADLINE_MILLIS);
        return socket;
    }

    public static void send(DatagramSocket socket, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(LOOPBACK), port));
    }

    public static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }
}
