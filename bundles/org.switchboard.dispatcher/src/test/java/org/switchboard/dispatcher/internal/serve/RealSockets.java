package org.switchboard.dispatcher.internal.serve;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.switchboard.posix.SocketSpec.Family;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.internal.LinuxSockets;
import org.switchboard.posix.internal.NativeParts;

/** The system calls of the server, for tests with real connections. */
final class RealSockets {

    /** One binding for all tests; the native part is unpacked below {@code target}, as {@code /tmp} may not execute. */
    private static final NativeParts PARTS = new NativeParts((BundleContext) Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) ->
                    method.getName().equals("getProperty") && arguments[0].equals("switchboard.state")
                            ? Path.of("target").toAbsolutePath().toString() : null));

    private RealSockets() {
    }

    static Sockets open() {
        Sockets sockets = new LinuxSockets(PARTS);
        if (!sockets.supports(Family.INET)) {
            throw new AssertionError("the native part cannot be loaded");
        }
        return sockets;
    }
}
