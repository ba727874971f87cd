package org.switchboard.posix.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.service.log.Logger;

/**
 * The launches that the spawner has given up and killed, until it has reaped them. One that blocks inside the kernel, in a
 * file system that does not answer, cannot be killed: the log names its program once. Not thread-safe.
 */
final class HungLaunches {

    /** How many ticks a killed process may take to go before the log says that it stays. */
    private static final int PATIENCE = 5;

    private final Duration timeout;
    private final Logger log;
    private final Map<Long, Killed> killed = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    private static final class Killed {
        private final String program;
        private int ticks;

        Killed(String program) {
            this.program = program;
        }
    }

    HungLaunches(Duration timeout, Logger log) {
        this.timeout = timeout;
        this.log = log;
    }

    /**
     * @param signal the one that had stopped it; 0 for none
     * @return why the launch failed
     */
    String killed(long id, String program, int signal) {
        killed.put(id, new Killed(program));
        return "exec " + program + ": not executed within " + timeout.toSeconds() + " s; killed"
                + (signal == 0 ? "" : " (a process of its user had stopped it by signal " + signal + ")");
    }

    /** It has been reaped. */
    void gone(long id) {
        Killed last = killed.remove(id);
        if (last != null && count(last.program) == 0 && said.remove(last.program)) {
            log.info("All launches of {} that could not be killed are gone", last.program);
        }
    }

    private long count(String program) {
        return killed.values().stream().filter(each -> each.program.equals(program)).count();
    }

    /** To be called once a second. */
    void tick() {
        for (Killed each : killed.values()) {
            if (++each.ticks > PATIENCE && said.add(each.program)) {
                log.warn("{} launches of {} hang in the kernel and cannot be killed, and each keeps a process;"
                        + " is it on a file system that does not answer?", count(each.program), each.program);
            }
        }
    }
}
