package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.switchboard.api.config.Includes;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.posix.SystemText;

/**
 * Reads what a file includes, and what that includes in turn. A file that includes itself, directly or on a way round, is a
 * finding; how much there may be altogether is bounded.
 */
final class IncludedFiles implements Includes {

    static final int MAX_FILES = 1000;
    static final long MAX_CHARACTERS = 32L << 20;

    private final Path file;
    private final Set<Path> way;
    private final Total total;

    /** What all files have together that a first one leads to. */
    private static final class Total {
        private final Set<String> unreadable = new LinkedHashSet<>();
        private final Map<String, Set<String>> graph = new HashMap<>();
        private int files;
        private long characters;
    }

    /** For a file that was not included itself. */
    IncludedFiles(Path file) {
        this(file, Set.of(), new Total());
    }

    private IncludedFiles(Path file, Set<Path> before, Total total) {
        this.file = file;
        this.total = total;
        this.way = new LinkedHashSet<>(before);
        this.way.add(real(file));
    }

    /** The files that should have been included and could not be read, by the names that origins have. */
    Set<String> unreadable() {
        return total.unreadable;
    }

    /** What each file includes; of those that could not be read, what they included before. */
    Map<String, Set<String>> graph(Snapshot previous) {
        Map<String, Set<String>> whole = new HashMap<>(total.graph);
        List<String> open = new ArrayList<>(total.unreadable);
        while (!open.isEmpty()) {
            String source = open.remove(open.size() - 1);
            Set<String> before = previous.includes().getOrDefault(source, Set.of());
            if (whole.putIfAbsent(source, before) == null) {
                open.addAll(before);
            }
        }
        return whole;
    }

    @Override
    public Included read(Origin directive, String pattern) {
        List<Text> texts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try {
            Path whole = file.resolveSibling(SystemText.path(pattern));
            for (Path path : matching(whole)) {
                read(path, directive, texts, findings);
            }
        } catch (InvalidPathException | PatternSyntaxException e) {
            findings.add(Finding.error(directive, "what should be included here is not the name of a file; nothing is included"));
        } catch (IOException e) {
            findings.add(Finding.error(directive, "the directory of '" + pattern + "' cannot be listed: " + e.getMessage()
                    + "; nothing is included"));
        }
        return new Included(texts, findings);
    }

    private void read(Path path, Origin directive, List<Text> texts, List<Finding> findings) {
        if (way.contains(real(path))) {
            findings.add(Finding.error(directive, "'" + SystemText.text(path) + "' is being read already, and would include itself without end;"
                    + " not included again"));
            return;
        }
        if (total.files >= MAX_FILES || total.characters > MAX_CHARACTERS) {
            findings.add(Finding.error(directive, "more than " + MAX_FILES + " files, or " + MAX_CHARACTERS
                    + " characters, would be included; '" + SystemText.text(path) + "' is not"));
            return;
        }
        total.graph.putIfAbsent(SystemText.text(file), new LinkedHashSet<>());
        total.graph.get(SystemText.text(file)).add(SystemText.text(path));
        try {
            TextFile content = TextFile.read(path);
            OtherWriters.warning(path).ifPresent(findings::add);
            total.files++;
            total.characters += content.text().length();
            String origin = SystemText.text(path);
            content.bytesFinding(origin).ifPresent(findings::add);
            if (Dialects.namedIn(content.text()).isPresent()) {
                findings.add(Finding.warning(new Origin(origin, 1), "an included file is read in the dialect of the file that"
                        + " includes it; what this line names is not applied"));
            }
            texts.add(new Text(origin, content.text(), new IncludedFiles(path, way, total)));
        } catch (IOException e) {
            total.unreadable.add(SystemText.text(path));
            findings.add(Finding.error(directive, "'" + SystemText.text(path) + "' is not included: the file " + e.getMessage()
                    + "; what it said before is kept"));
        }
    }

    /** A name without any of the signs need not match what is there: that it is not is a finding then. */
    private static List<Path> matching(Path whole) throws IOException {
        String name = whole.getFileName() == null ? "" : SystemText.text(whole.getFileName());
        if (name.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            return List.of(whole);
        }
        List<Path> found = new ArrayList<>();
        Path directory = whole.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name.replace("\\", "\\\\").replace("{", "\\{"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(whole.resolveSibling(""), path ->
                matcher.matches(path.getFileName()) && !Operands.isLeftOver(path) && !Files.isDirectory(path))) {
            for (Path path : files) {
                found.add(path);
            }
        }
        Collections.sort(found);
        return found;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
