package org.switchboard.karaf.internal;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "check", description = "Reads and validates configuration files without opening anything.")
public final class CheckAction extends InetdAction {

    @Option(name = "--strict", description = "count warnings as errors")
    private boolean strict;

    @Option(name = "--dialect", description = "read files in this dialect that do not name their own")
    @Completion(DialectCompleter.class)
    private String dialect = "";

    @Argument(name = "FILE", multiValued = true,
            description = "a configuration file, below Karaf's base unless absolute; without one, those that the server reads")
    @Completion(FileCompleter.class)
    private List<String> files = List.of();

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        Path base = Path.of(System.getProperty("karaf.base", ""));
        return verbs.check(strict, dialect, files.stream().map(base::resolve).toList());
    }
}
