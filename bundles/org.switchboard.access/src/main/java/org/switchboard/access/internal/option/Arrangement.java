package org.switchboard.access.internal.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What the options done so far have arranged, for the commands behind them and for the program that serves. For one thread.
 */
public final class Arrangement {

    private static final String SHELL = "/bin/sh";

    private final Map<String, String> environment = new TreeMap<>();
    private Optional<Identity> identity = Optional.empty();
    private OptionalInt umask = OptionalInt.empty();
    private int nice;
    private Optional<Severity> severity = Optional.empty();

    void become(Identity who) {
        identity = Optional.of(who);
    }

    void umask(int mask) {
        umask = OptionalInt.of(mask);
    }

    void nicer(int by) {
        nice += by;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void log(Severity where) {
        severity = Optional.of(where);
    }

    /** Variables that options set, for commands and for the program that serves. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Who commands run as; the server where no option says so. */
    public Identity identity() {
        return identity.orElse(Identity.server());
    }

    public OptionalInt umask() {
        return umask;
    }

    public int nice() {
        return nice;
    }

    public Optional<Severity> severity() {
        return severity;
    }

    /** A program as the options want it; a provider inside the server has no user or environment of its own. */
    public ServiceEntry entry(ServiceEntry entry) {
        return entry.isProgram() ? with(entry, entry.mode(), identity.orElse(entry.identity()), entry.arguments()) : entry;
    }

    /** A shell command in the place of whatever serves the entry. */
    public ServiceEntry twisted(ServiceEntry entry, String command) {
        return with(entry, Mode.NOWAIT, identity(), List.of(SHELL, "sh", "-c", command));
    }

    private ServiceEntry with(ServiceEntry entry, Mode mode, Identity who, List<String> arguments) {
        Map<String, String> options = new TreeMap<>(entry.options());
        umask.ifPresent(mask -> options.put("umask", "0" + Integer.toOctalString(mask)));
        if (nice != 0) {
            options.put("nice", Integer.toString(nice));
        }
        List<String> variables = new ArrayList<>(options.containsKey("env") ? List.of(options.get("env")) : List.of());
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        if (!variables.isEmpty()) {
            options.put("env", String.join("\n", variables));
        }
        return new ServiceEntry(entry.name(), entry.socketType(), entry.protocol(), entry.address(), entry.port(), mode, who,
                ServiceEntry.EXEC, arguments, options, entry.origin());
    }
}
