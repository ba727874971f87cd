package org.switchboard.dispatcher.internal.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.log.Logger;
import org.switchboard.posix.SystemText;

/**
 * The services that an operator has suspended. Written down for the next dispatcher of this server, who has to keep them closed;
 * a server that is started anew begins without. Dispatcher thread only.
 */
public final class SuspendedServices {

    private final Optional<Path> file;
    private final String server;
    private final Logger log;
    private final Set<String> ids = new TreeSet<>();

    /**
     * Reads what an earlier dispatcher of this server wrote.
     *
     * @param file empty where there is nowhere to write
     * @param server what no other run of a server has: the first line of the file, which counts for that run only
     */
    public SuspendedServices(Optional<Path> file, String server, Logger log) {
        this.file = file;
        this.server = server;
        this.log = log;
        file.filter(Files::exists).ifPresent(this::read);
    }

    private void read(Path from) {
        try {
            List<String> lines = SystemText.decode(Files.readAllBytes(from)).lines().toList();
            if (!lines.isEmpty() && lines.get(0).equals(server)) {
                ids.addAll(lines.subList(1, lines.size()));
            }
        } catch (IOException unreadable) {
            log.warn("which services are suspended cannot be read from {} ({}); none is", from, unreadable.toString());
        }
    }

    boolean contains(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        if (ids.add(id)) {
            file.ifPresent(this::write);
        }
    }

    void remove(String id) {
        if (ids.remove(id)) {
            file.ifPresent(this::write);
        }
    }

    private void write(Path to) {
        List<String> lines = new ArrayList<>(List.of(server));
        lines.addAll(ids);
        try {
            Files.write(to, SystemText.encode(String.join("\n", lines) + "\n"));
        } catch (IOException unwritable) {
            log.warn("which services are suspended cannot be written to {} ({}); the next dispatcher opens them", to,
                    unwritable.toString());
        }
    }
}
