package org.switchboard.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of one chapter of the top README. */
final class ReadmeCommands {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private final List<String> shell = new ArrayList<>();
    private final List<String> console = new ArrayList<>();

    private ReadmeCommands(String chapter) {
        Matcher block = BLOCK.matcher(chapter);
        while (block.find()) {
            (block.group(1).equals("sh") ? shell : console).add(block.group(2).strip());
        }
    }

    static ReadmeCommands of(String heading) throws IOException {
        String text = Files.readString(root().resolve("README.md"));
        String after = text.replaceFirst("(?s).*\n## " + Pattern.quote(heading) + "\n", "");
        return new ReadmeCommands(after.replaceFirst("(?s)\n## .*", ""));
    }

    /** The directory in which the commands are typed. */
    static Path root() {
        return Path.of(System.getProperty("project.root")).normalize();
    }

    /** What is typed at a shell, block by block. */
    String shell(int number) {
        return shell.get(number);
    }

    /** What is typed at Karaf's console, block by block. */
    String console(int number) {
        return console.get(number);
    }
}
