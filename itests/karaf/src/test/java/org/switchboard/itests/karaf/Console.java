package org.switchboard.itests.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** Somebody at Karaf's shell, over ssh as {@code bin/client} is: what a command returns without printing it, is not seen. */
final class Console {

    private final SessionFactory sessions;

    Console(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** A line up to the cursor at its end. */
    private record Typed(String getBuffer, String[] getArguments) implements CommandLine {

        Typed(String line) {
            this(line, line.split(" ", -1));
        }

        @Override
        public int getCursorArgumentIndex() {
            return getArguments.length - 1;
        }

        @Override
        public String getCursorArgument() {
            return getArguments[getArguments.length - 1];
        }

        @Override
        public int getArgumentPosition() {
            return getCursorArgument().length();
        }

        @Override
        public String[] getArguments() {
            return getArguments.clone();
        }

        @Override
        public int getBufferPosition() {
            return getBuffer.length();
        }

        @Override
        public String getBuffer() {
            return getBuffer;
        }
    }

    /** What a line prints, errors included, for somebody who may do everything. */
    String type(String line) {
        return asAdministrator(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            try (Session session = open(out)) {
                session.execute(line);
            } catch (Exception e) {
                out.print(e);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        });
    }

    /** What the tabulator key offers at the end of a line. */
    List<String> complete(String line) {
        List<String> candidates = new ArrayList<>();
        try (Session session = open(System.out)) {
            for (Command command : session.getRegistry().getCommands()) {
                if (line.startsWith(command.getScope() + ":" + command.getName() + " ")) {
                    command.getCompleter(false).complete(session, new Typed(line), candidates);
                }
            }
        }
        return candidates.stream().map(String::strip).sorted().toList();
    }

    /** The names of all commands of a scope, a name twice if it is there twice. */
    List<String> commands(String scope) {
        return asAdministrator(() -> {
            try (Session session = open(System.out)) {
                return session.getRegistry().getCommands().stream().filter(command -> command.getScope().equals(scope))
                        .map(Command::getName).sorted().toList();
            }
        });
    }

    private Session open(PrintStream out) {
        return sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
    }

    /** Karaf does not show a command to somebody who may not use it. */
    private static <T> T asAdministrator(PrivilegedAction<T> action) {
        Subject administrator = new Subject();
        administrator.getPrincipals().addAll(List.of(new RolePrincipal("admin"), new RolePrincipal("manager")));
        return Subject.doAs(administrator, action);
    }
}
