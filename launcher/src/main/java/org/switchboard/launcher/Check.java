package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Validates and converts configuration files with the bundles of the distribution, without opening anything. */
final class Check {

    private static final int CANNOT_CHECK = 2;

    private final Settings settings;

    Check(Settings settings) {
        this.settings = settings;
    }

    /** The exit status: 0 without errors, 1 with errors, 2 if a file cannot be read. */
    int check(List<String> files) throws LaunchException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("check"));
        if (settings.strict()) {
            words.add("--strict");
        }
        words.addAll(files);
        return run(words);
    }

    /**
     * Prints the file in the dialect {@code switchboard}, in the form that the system property {@code switchboard.convert.form}
     * names.
     *
     * @return the exit status: 0 if it says the same, 1 if something was lost, 2 if the file cannot be read
     */
    int convert(List<String> files) throws LaunchException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("convert", "--to", System.getProperty("switchboard.convert.form", "positional")));
        words.addAll(files);
        return run(words);
    }

    private int run(List<String> words) throws LaunchException, InterruptedException {
        try {
            Path storage = Files.createTempDirectory("switchboard-check");
            try {
                return run(words, storage);
            } finally {
                delete(storage);
            }
        } catch (IOException e) {
            throw new LaunchException("cannot use a temporary directory: " + e.getMessage());
        }
    }

    private int run(List<String> words, Path storage) throws LaunchException, InterruptedException {
        EmbeddedFramework framework = EmbeddedFramework.create(properties(storage), Bundles.in(settings.bundles()).forCheck(),
                true);
        framework.start();
        try {
            Commands.Answer answer = new Commands(framework.context()).run(words)
                    .orElseThrow(() -> new LaunchException("the distribution has no bundle that can check"));
            System.out.writeBytes(answer.output());
            System.out.flush();
            return answer.exit();
        } catch (RuntimeException e) {
            System.err.println("switchboard: " + words.get(0) + " failed: " + e);
            return CANNOT_CHECK;
        } finally {
            framework.stop();
            framework.awaitStop();
        }
    }

    private Map<String, String> properties(Path storage) {
        Map<String, String> properties = new HashMap<>();
        properties.put("org.osgi.framework.storage", storage.resolve("cache").toString());
        properties.put("felix.cm.dir", storage.resolve("config").toString());
        properties.put("switchboard.home", settings.home().toString());
        properties.put("switchboard.state", storage.toString());
        properties.put("switchboard.native", settings.nativeParts().toString());
        properties.put("switchboard.check", "true");
        properties.put("switchboard.dialect", System.getProperty("switchboard.dialect", ""));
        properties.put("switchboard.log.level", "WARN");
        return properties;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
