package org.switchboard.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The entry point of {@code bin/switchboard run}, {@code check}, {@code convert} and {@code train}. */
public final class Main {

    private static final int WRONG_USAGE = 64;

    private static final char REPLACEMENT = '\uFFFD';

    private Main() {
    }

    /** @param arguments {@code run}, {@code check}, {@code convert} or {@code train}, and then absolute names of configuration files */
    public static void main(String[] arguments) throws InterruptedException {
        // What is written for programs to read, the framework's own headers among it, has digits and names that all can read.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        Settings settings = Settings.read();
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        if (verb.equals("run")) {
            Signals.heedIgnored(settings.nativeParts());
        }
        try {
            for (String file : arguments) {
                refuseOtherCharacters(file);
            }
            return switch (verb) {
                case "run" -> new Server(settings).run(arguments.subList(1, arguments.size()));
                case "train" -> new Training(settings).run();
                case "check" -> new Check(settings).check(arguments.subList(1, arguments.size()));
                case "convert" -> new Check(settings).convert(arguments.subList(1, arguments.size()));
                default -> {
                    System.err.println("switchboard: this is started by bin/switchboard");
                    yield WRONG_USAGE;
                }
            };
        } catch (LaunchException e) {
            System.err.println(settings.program() + ": " + e.getMessage());
            if (settings.daemon()) {
                System.err.println(settings.program() + ": exit " + e.status());
            }
            return e.status();
        }
    }

    /** Java has put a sign in the place of what it could not read, and the name with that sign is another file. */
    private static void refuseOtherCharacters(String file) throws LaunchException {
        if (file.indexOf(REPLACEMENT) >= 0) {
            throw new LaunchException("'" + file + "': the name of the file has bytes that are not UTF-8; rename it");
        }
    }
}
