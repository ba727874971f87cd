package org.switchboard.itests.architecture;

import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.switchboard.itests.architecture.ExportedApi.ExportedPackage;

/**
 * An exported api as text: one line for each package, type, member and property of a member, indented below what it
 * belongs to. {@code +MAJOR -MAJOR} at the end says what it means to add and to remove it, where that is not what
 * {@link #usual} says; a method that others implement has it.
 */
final class Baseline {

    private static final String PACKAGE = "package ";
    private static final Pattern LINE = Pattern.compile("( +)([a-z_]+) (.*?)(?: \\+([A-Z]+) -([A-Z]+))?");

    private Baseline() {
    }

    static String write(ExportedApi api) {
        StringBuilder text = new StringBuilder();
        api.packages().forEach((name, exported) -> {
            text.append(PACKAGE).append(name).append(' ').append(exported.version()).append('\n');
            write(exported.content(), "  ", text);
        });
        return text.toString();
    }

    private static void write(Tree.Data parent, String indent, StringBuilder text) {
        Comparator<Tree.Data> order = Comparator.comparing((Tree.Data data) -> data.type).thenComparing(data -> data.name);
        for (Tree.Data data : Stream.of(parent.children).sorted(order).toList()) {
            text.append(indent).append(data.type.name().toLowerCase(Locale.ROOT)).append(' ').append(escaped(data.name));
            if (data.add != usual(data.type, true) || data.rem != usual(data.type, false)) {
                text.append(" +").append(data.add).append(" -").append(data.rem);
            }
            text.append('\n');
            write(data, indent + "  ", text);
        }
    }

    static ExportedApi read(String text) {
        Map<String, Version> versions = new TreeMap<>();
        Map<String, Tree.Data> contents = new TreeMap<>();
        Map<Tree.Data, List<Tree.Data>> children = new IdentityHashMap<>();
        Deque<Tree.Data> parents = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            Tree.Data data;
            int depth;
            if (line.startsWith(PACKAGE)) {
                String[] words = line.split(" ");
                data = data(Type.PACKAGE, words[1], Delta.MINOR, Delta.MAJOR);
                versions.put(words[1], Version.parseVersion(words[2]));
                contents.put(words[1], data);
                depth = 0;
            } else {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("not a line of a baseline: '" + line + "'");
                }
                Type type = Type.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
                data = data(type, matcher.group(3).translateEscapes(), delta(matcher.group(4), type, true),
                        delta(matcher.group(5), type, false));
                depth = matcher.group(1).length() / 2;
            }
            while (parents.size() > depth) {
                parents.pop();
            }
            if (!parents.isEmpty()) {
                children.get(parents.peek()).add(data);
            }
            parents.push(data);
            children.put(data, new ArrayList<>());
        }
        children.forEach((data, list) -> data.children = list.toArray(Tree.Data[]::new));
        Map<String, ExportedPackage> packages = new TreeMap<>();
        contents.forEach((name, content) -> packages.put(name, new ExportedPackage(versions.get(name), content)));
        return new ExportedApi(packages);
    }

    private static Tree.Data data(Type type, String name, Delta add, Delta remove) {
        Tree.Data data = new Tree.Data();
        data.type = type;
        data.name = name;
        data.add = add;
        data.rem = remove;
        return data;
    }

    private static Delta delta(String word, Type type, boolean add) {
        return word == null ? usual(type, add) : Delta.valueOf(word);
    }

    private static Delta usual(Type type, boolean add) {
        return switch (type) {
            case ACCESS -> add ? Delta.MAJOR : Delta.MINOR;
            case ANNOTATED, PROPERTY, CONSTANT, DEFAULT -> Delta.CHANGED;
            default -> add ? Delta.MINOR : Delta.MAJOR;
        };
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
