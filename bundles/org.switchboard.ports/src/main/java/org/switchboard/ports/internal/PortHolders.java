package org.switchboard.ports.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortHolder;

/** Finds out from /proc which process has a port open. */
final class PortHolders {

    /** Descriptors looked at in one search, so that a host with very many cannot hold up a reload. */
    private static final int MAX_DESCRIPTORS = 200_000;

    /** An entry would have reserved it, and whoever asks has the reservation. */
    private static final String OWN = "this process itself (pid %d), for none of its entries: by another bundle or an earlier "
            + "dispatcher";

    private final Path proc;
    private final long self;

    /** @param proc {@code /proc}, outside of tests */
    PortHolders(Path proc, long self) {
        this.proc = proc;
        this.self = self;
    }

    Optional<PortHolder> holder(PortClaim claim) {
        if (claim.protocol().transport() == Transport.UNIX) {
            return Optional.empty();
        }
        try {
            List<KernelSocket> sockets = socketsInTheWay(claim);
            if (sockets.isEmpty()) {
                return Optional.empty();
            }
            List<Path> processes = processes();
            Optional<PortHolder> process = process(sockets, processes);
            return process.isPresent() ? process : Optional.of(someProcessOf(sockets.get(0).uid(), processes));
        } catch (IOException | DirectoryIteratorException e) {
            // The system does not tell; whoever asks has the port's own error to show.
            return Optional.empty();
        }
    }

    /** Listening ones first, and those of the same IP version first: a socket of IPv6 may hold the port of IPv4 too. */
    private List<KernelSocket> socketsInTheWay(PortClaim claim) throws IOException {
        PortClaim wanted = Spelling.withoutZone(Spelling.canonical(claim));
        boolean tcp = claim.protocol().transport() == Transport.TCP;
        Path net = proc.resolve("net");
        List<KernelSocket> sockets = new ArrayList<>();
        sockets.addAll(KernelSocket.read(net.resolve(tcp ? "tcp" : "udp"), tcp ? Protocol.TCP4 : Protocol.UDP4, claim.port()));
        sockets.addAll(KernelSocket.read(net.resolve(tcp ? "tcp6" : "udp6"), tcp ? Protocol.TCP6 : Protocol.UDP6, claim.port()));
        sockets.removeIf(socket -> socket.inode() == 0
                || !socket.claim().overlaps(wanted) && !asBothVersions(socket.claim()).overlaps(wanted));
        sockets.sort(Comparator.comparing((KernelSocket socket) -> !socket.listening())
                .thenComparing(socket -> !socket.claim().overlaps(wanted)));
        return sockets;
    }

    private static PortClaim asBothVersions(PortClaim socket) {
        if (!socket.address().isEmpty()) {
            return socket;
        }
        return switch (socket.protocol()) {
            case TCP6 -> Spelling.with(socket, Protocol.TCP46, "");
            case UDP6 -> Spelling.with(socket, Protocol.UDP46, "");
            default -> socket;
        };
    }

    private List<Path> processes() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            List<Path> processes = new ArrayList<>();
            entries.forEach(processes::add);
            processes.removeIf(process -> !process.getFileName().toString().matches("\\d{1,18}"));
            processes.sort(Comparator.comparingLong(PortHolders::pid));
            return processes;
        }
    }

    /** The oldest process that has it, since workers inherit from their parent, and this one only if there is no other. */
    private Optional<PortHolder> process(List<KernelSocket> sockets, List<Path> processes) {
        Set<String> links = sockets.stream().map(socket -> "socket:[" + socket.inode() + "]").collect(Collectors.toSet());
        Budget budget = new Budget(MAX_DESCRIPTORS);
        Optional<PortHolder> own = Optional.empty();
        for (Path process : processes) {
            if (hasOpen(process, links, budget)) {
                if (pid(process) != self) {
                    return Optional.of(new PortHolder(pid(process), name(process) + " (pid " + pid(process) + ")"));
                }
                own = Optional.of(new PortHolder(self, OWN.formatted(self)));
            }
        }
        return own;
    }

    private static boolean hasOpen(Path process, Set<String> links, Budget budget) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (!budget.spend()) {
                    return false;
                }
                if (links.contains(link(descriptor))) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static String link(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /**
     * The name of a user comes from any process that runs as that user: the owner of its directory. That one exists, and the
     * Java platform asks the C library for its name, so that users of a directory service are found too.
     */
    private static PortHolder someProcessOf(int uid, List<Path> processes) {
        for (Path process : processes) {
            try {
                if (Files.getAttribute(process, "unix:uid").equals(uid)) {
                    return new PortHolder(0, "a process of user '" + Files.getOwner(process).getName() + "'");
                }
            } catch (IOException | UnsupportedOperationException e) {
                // It has just ended; another one will do.
                continue;
            }
        }
        return new PortHolder(0, "a process of the user with id " + Integer.toUnsignedString(uid));
    }

    private static String name(Path process) {
        try {
            return MergedMap.oneLine(Files.readString(process.resolve("comm")).strip());
        } catch (IOException e) {
            return "a process";
        }
    }

    private static long pid(Path process) {
        return Long.parseLong(process.getFileName().toString());
    }

    private static final class Budget {
        private int left;

        Budget(int left) {
            this.left = left;
        }

        boolean spend() {
            return left-- > 0;
        }
    }
}
