package org.switchboard.karaf.internal;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "convert", description = "Prints a configuration file in the dialect 'switchboard'. Changes nothing.")
public final class ConvertAction extends InetdAction {

    @Option(name = "--from", description = "the dialect of the file, if it does not name its own")
    @Completion(DialectCompleter.class)
    private String from = "";

    @Option(name = "--to", description = "how entries are written: 'positional' unless told otherwise, or 'keyvalue'")
    private String to = "positional";

    @Argument(name = "FILE", required = true, description = "a configuration file, below Karaf's base unless absolute")
    @Completion(FileCompleter.class)
    private String file = "";

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.convert(from, to, Path.of(System.getProperty("karaf.base", "")).resolve(file));
    }
}
