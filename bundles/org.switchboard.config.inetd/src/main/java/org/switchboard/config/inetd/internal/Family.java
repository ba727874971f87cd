package org.switchboard.config.inetd.internal;

import static org.switchboard.config.inetd.internal.Trait.*;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.entry.Protocol;
import org.switchboard.config.inetd.internal.Limit.Broken;
import org.switchboard.config.inetd.internal.Rules.ArgvZero;
import org.switchboard.config.inetd.internal.Rules.MostArguments;
import org.switchboard.config.inetd.internal.Rules.Quotes;

/**
 * The dialects of the family, as a table.
 *
 * <p>Source: the code and the manuals of netkit-base 0.17, OpenBSD 2022, Debian openbsd-inetd 0.20221205, GNU inetutils 2.4,
 * busybox 1.35, FreeBSD and NetBSD 11.
 */
final class Family {

    /** All names, the default one last. */
    static final List<String> NAMES = List.of("debian", "openbsd", "gnu", "busybox", "freebsd", "netbsd", "netkit", "switchboard");

    private static final String INHERITED = "inherited";
    private static final String LAUNDERED = "laundered";
    private static final MostArguments TWENTY = new MostArguments(20, false);

    private Family() {
    }

    static Rules rules(String name) {
        return switch (name) {
            case "switchboard" -> switchboard();
            case "debian" -> debian();
            case "openbsd" -> openbsd();
            case "gnu" -> gnu();
            case "busybox" -> busybox();
            case "freebsd" -> freebsd();
            case "netbsd" -> netbsd();
            case "netkit" -> netkit();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Rules switchboard() {
        return new Rules("switchboard",
                EnumSet.complementOf(EnumSet.of(COMMENT_ANYWHERE, PROTOCOL_BY_BEGINNING, PROTOCOL_BY_TYPE, BUFFERS_IDLE,
                        DEFINITION_NEEDS_FAMILY, TWINS, WORD_REPLACED, DATAGRAMS_REPLACED,
                        UDP6_TAKES_IPV4, DUAL_IS_IPV6, BUILT_IN_BY_NAME, BUILT_IN_ARGUMENTS,
                        RELATIVE_PROGRAMS, PROGRAMS_IN_PATH, MODE_GUESSED, MODE_BY_BEGINNING, MODE_OF_INTERNAL, FIRST_COUNTS,
                        IMPLIES_TCPMUX)),
                Quotes.ANYWHERE_CLOSED, everyProtocol(), new Limit(".:", false, false, false, false, Broken.COSTS_ENTRY, 0), "",
                ArgvZero.BASENAME, MostArguments.ANY, Manners.NONE);
    }

    private static Rules netkit() {
        return new Rules("netkit", EnumSet.of(INDENT_CONTINUES, HOST_BEHIND, RPC, MODE_GUESSED, FIRST_COUNTS,
                BUILT_IN_BY_NAME, RELATIVE_PROGRAMS), Quotes.NONE,
                Map.of("tcp", Protocol.TCP4, "udp", Protocol.UDP4, "unix", Protocol.UNIX),
                new Limit(".", false, true, true, false, Broken.REPLACED, 0), ".", ArgvZero.PATH, TWENTY,
                new Manners(39, 0, false, 128, "0666", LAUNDERED, "", "first"));
    }

    private static final Set<Trait> OPENBSD = EnumSet.of(INDENT_CONTINUES, HOSTS, HOST_LISTS, HOST_BRACKETS, HOST_AND_BLANK,
            HOST_EMPTY, PORTS, RPC, PROTOCOL_BY_TYPE, BUFFERS_IDLE, WORD_REPLACED, MODE_GUESSED, BUILT_IN_BY_NAME, RELATIVE_PROGRAMS);

    private static Rules openbsd() {
        return new Rules("openbsd", OPENBSD, Quotes.NONE,
                Map.of("tcp", Protocol.TCP4, "tcp4", Protocol.TCP4, "tcp6", Protocol.TCP6, "udp", Protocol.UDP4,
                        "udp4", Protocol.UDP4, "udp6", Protocol.UDP6, "unix", Protocol.UNIX),
                new Limit(".", true, true, false, false, Broken.REPLACED, 256), ".:", ArgvZero.BASENAME, TWENTY,
                new Manners(255, 0, true, 10, "0666", LAUNDERED, "022", ""));
    }

    private static final Set<Trait> DEBIAN = EnumSet.copyOf(OPENBSD);

    static {
        DEBIAN.add(DATAGRAMS_REPLACED);
        DEBIAN.add(UDP6_TAKES_IPV4);
    }

    private static Rules debian() {
        return new Rules("debian", DEBIAN, Quotes.NONE,
                Map.of("tcp", Protocol.TCP, "tcp4", Protocol.TCP4, "tcp6", Protocol.TCP6, "tcp46", Protocol.TCP46,
                        "udp", Protocol.UDP, "udp4", Protocol.UDP4, "udp6", Protocol.UDP6, "udp46", Protocol.UDP46,
                        "unix", Protocol.UNIX),
                new Limit(".", true, true, false, false, Broken.REPLACED, 256), ".:", ArgvZero.BASENAME, TWENTY,
                new Manners(255, 0, true, 128, "0666", LAUNDERED, "022", ""));
    }

    private static Rules gnu() {
        return new Rules("gnu", EnumSet.of(HOSTS, HOST_LISTS, PORTS, PORT_ZERO, TCPMUX, PROTOCOL_BY_BEGINNING, BUFFERS_IDLE,
                TWINS, WORD_REPLACED, DATAGRAMS_REPLACED, MODE_GUESSED, BUILT_IN_BY_NAME, RELATIVE_PROGRAMS,
                IMPLIES_TCPMUX), Quotes.SPLITTING,
                Map.of("tcp", Protocol.TCP4, "tcp4", Protocol.TCP4, "tcp6", Protocol.TCP46, "tcp6only", Protocol.TCP6,
                        "udp", Protocol.UDP4, "udp4", Protocol.UDP4, "udp6", Protocol.UDP46, "udp6only", Protocol.UDP6),
                new Limit(".", false, false, false, false, Broken.IGNORED, 0), ":.", ArgvZero.BASENAME, MostArguments.ANY,
                new Manners(999, 0, false, 10, "", INHERITED, "", ""));
    }

    private static Rules busybox() {
        return new Rules("busybox", EnumSet.of(COMMENT_ANYWHERE, HOSTS, HOST_LISTS, HOST_BRACKETS, HOST_EMPTY, PORTS, PORT_ZERO,
                RPC, MODE_OF_INTERNAL, TWINS, WORD_REPLACED, DATAGRAMS_REPLACED, BUILT_IN_BY_NAME, RELATIVE_PROGRAMS,
                PROGRAMS_IN_PATH), Quotes.NONE,
                Map.of("tcp", Protocol.TCP4, "tcp6", Protocol.TCP46, "udp", Protocol.UDP4, "udp6", Protocol.UDP46,
                        "unix", Protocol.UNIX),
                new Limit(".", false, true, true, true, Broken.COSTS_ENTRY, 0), ".:", ArgvZero.PATH, MostArguments.ANY,
                new Manners(0, 60, false, 128, "0755", INHERITED, "", "first"));
    }

    private static Rules freebsd() {
        return new Rules("freebsd", EnumSet.of(INDENT_CONTINUES, SOCKET_OWNER, TCPMUX, RPC, RPC_VERSION_ONE, MODE_BY_BEGINNING,
                SLASH_LIMITS, LOGIN_CLASS, VERSION_REPLACED, DUAL_IS_IPV6, BUILT_IN_BY_NAME, BUILT_IN_ARGUMENTS, RELATIVE_PROGRAMS), Quotes.AT_START,
                Map.ofEntries(Map.entry("tcp", Protocol.TCP4), Map.entry("tcp4", Protocol.TCP4), Map.entry("tcp6", Protocol.TCP6),
                        Map.entry("tcp46", Protocol.TCP46), Map.entry("tcp64", Protocol.TCP46), Map.entry("udp", Protocol.UDP4),
                        Map.entry("udp4", Protocol.UDP4), Map.entry("udp6", Protocol.UDP6), Map.entry("udp46", Protocol.UDP46),
                        Map.entry("udp64", Protocol.UDP46), Map.entry("unix", Protocol.UNIX)),
                Limit.NONE, ":", ArgvZero.MISSING, new MostArguments(20, true),
                new Manners(255, 0, false, 4096, "0200", "", "", ""));
    }

    private static Rules netbsd() {
        return new Rules("netbsd", EnumSet.of(INDENT_CONTINUES, HOSTS, HOST_BRACKETS, HOST_AND_BLANK, HOST_EMPTY, PORTS, TCPMUX,
                RPC, ACCEPT_MAX, PROTOCOL_BY_TYPE, BUFFERS, DEFINITION_NEEDS_FAMILY, MODE_GUESSED, DIRECTIVES, DEFINITIONS,
                WORD_REPLACED, BUILT_IN_BY_NAME, RELATIVE_PROGRAMS),
                Quotes.ANYWHERE,
                Map.of("tcp", Protocol.TCP4, "tcp4", Protocol.TCP4, "tcp6", Protocol.TCP6, "udp", Protocol.UDP4,
                        "udp4", Protocol.UDP4, "udp6", Protocol.UDP6, "unix", Protocol.UNIX),
                new Limit(".:", false, false, true, false, Broken.REPLACED, 0), ":.", ArgvZero.MISSING, new MostArguments(64, false),
                new Manners(40, 0, false, 128, "0755", INHERITED, "", "one"));
    }

    private static Map<String, Protocol> everyProtocol() {
        Map<String, Protocol> words = new HashMap<>();
        for (Protocol protocol : Protocol.values()) {
            words.put(protocol.text(), protocol);
        }
        words.put("tcp64", Protocol.TCP46);
        words.put("udp64", Protocol.UDP46);
        words.put("tcp6only", Protocol.TCP6);
        words.put("udp6only", Protocol.UDP6);
        return words;
    }
}
