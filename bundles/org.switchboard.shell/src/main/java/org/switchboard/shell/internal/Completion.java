package org.switchboard.shell.internal;

import java.util.List;

/** The commands as gogo.jline wants them described, so that it completes them and their words. */
final class Completion {

    private Completion() {
    }

    /** A Gogo script of {@code complete} lines. */
    static String script(String scope, List<Usage> commands) {
        StringBuilder script = new StringBuilder();
        for (Usage usage : commands) {
            String complete = "complete -c " + scope + ":" + usage.command();
            script.append(complete).append(" -e\n");
            script.append(complete).append(" -d ").append(quote(usage.meaning())).append('\n');
            usage.options().forEach(option -> script.append(complete).append(option(option)).append('\n'));
            usage.completer().ifPresent(function ->
                    script.append(complete).append(" -a ").append(quote(function)).append('\n'));
        }
        return script.toString();
    }

    private static String option(Choice option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        text.append(" --description ").append(quote(option.meaning()));
        option.value().ifPresent(value -> text.append(" -a ").append(quote(value.completer())));
        return text.toString();
    }

    /** As one word of Gogo, which knows no escapes between apostrophes. */
    private static String quote(String text) {
        return text.contains("'") ? '"' + text.replaceAll("([\"\\\\$])", "\\\\$1") + '"' : "'" + text + "'";
    }
}
