package org.switchboard.access.internal;

import java.util.List;
import java.util.Optional;
import org.switchboard.api.entry.ServiceEntry;

/** Under which name the files know an entry: the meaning of the option {@code tcp_wrappers}. */
final class DaemonName {

    static final String OPTION = "tcp_wrappers";

    private static final String YES = "yes";
    private static final String NO = "no";
    private static final String TCPD = "tcpd";

    private DaemonName() {
    }

    /** Whether the entry says that the files are not to be asked. */
    static boolean isOff(ServiceEntry entry) {
        return entry.options().getOrDefault(OPTION, NO).equals(NO);
    }

    /** Empty if the files are not asked about the entry: not at all, or by the tcpd that it names. */
    static Optional<String> of(ServiceEntry entry) {
        if (isOff(entry)) {
            return Optional.empty();
        }
        String value = entry.options().get(OPTION);
        // Whoever writes what is no name does not want everybody to be let in.
        boolean name = !value.equals(YES) && objection(value).isEmpty();
        return name ? Optional.of(value) : entry.isProgram() ? program(entry.arguments()) : Optional.of(entry.provider());
    }

    private static Optional<String> program(List<String> arguments) {
        if (arguments.isEmpty() || lastPart(arguments.get(0)).equals(TCPD)) {
            return Optional.empty();
        }
        return Optional.of(lastPart(arguments.get(arguments.size() > 1 ? 1 : 0)));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What is wrong with a value of the option. */
    static Optional<String> objection(String value) {
        return value.matches("[^\\s\\p{Cntrl},:@/]{1,255}") ? Optional.empty() : Optional.of("must be yes, no, or the name of a daemon");
    }
}
