package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.Written;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/** Writes entries in the dialect {@code switchboard}, and reads them again to see what was lost on the way. */
final class EntryWriter {

    static final String POSITIONAL = "positional";
    static final String KEYVALUE = "keyvalue";

    private static final String SIGNS = "\"'";
    private static final String SEPARATORS = " \t,;#=";
    private static final List<String> IN_NAME = List.of("rpc_program", "rpc_versions", ServiceWord.MUX);

    private final Grammar grammar = new Grammar(Family.rules("switchboard"));

    Optional<Written> write(ServiceEntry entry, String form) {
        return switch (form) {
            case POSITIONAL -> Optional.of(inColumns(entry));
            case KEYVALUE -> Optional.of(checked(entry, keyvalue(entry)));
            default -> Optional.empty();
        };
    }

    /** Columns have no place for some options; such an entry is written as keys and values, which may stand between lines. */
    private Written inColumns(ServiceEntry entry) {
        Written columns = checked(entry, positional(entry));
        if (columns.losses().isEmpty()) {
            return columns;
        }
        Written keys = checked(entry, keyvalue(entry));
        return keys.losses().isEmpty() ? keys : columns;
    }

    private Written checked(ServiceEntry entry, String text) {
        if (entry.isProgram() && !entry.arguments().get(0).startsWith("/")) {
            return new Written("", List.of("program " + Word.quoted(entry.arguments().get(0)) + " is no absolute path"));
        }
        Parsed parsed = grammar.parse("written", text, (directive, pattern) -> new Includes.Included(List.of(), List.of()));
        if (parsed.entries().size() != 1 || !same(entry, parsed.entries().get(0))) {
            return new Written("", List.of("this entry cannot be written"));
        }
        List<String> losses = new ArrayList<>();
        Map<String, String> kept = parsed.entries().get(0).options();
        new TreeMap<>(entry.options()).forEach((option, value) -> {
            if (!value.equals(kept.get(option)) && !value.equals(ModeWord.UNLIMITED)) {
                losses.add("option " + option + "=" + value + " has no place");
            }
        });
        return new Written(text, losses);
    }

    /** Compares all but the options and where they come from. */
    private static boolean same(ServiceEntry entry, ServiceEntry read) {
        boolean noOthers = read.options().entrySet().stream().allMatch(option -> option.getValue().equals(ModeWord.UNLIMITED)
                || entry.options().containsKey(option.getKey()));
        return noOthers && new ServiceEntry(read.name(), read.socketType(), read.protocol(), read.address(), read.port(), read.mode(),
                read.identity(), read.provider(), read.arguments(), entry.options(), entry.implied(), entry.origin())
                .equals(entry);
    }

    private static String positional(ServiceEntry entry) {
        Map<String, String> options = entry.options();
        List<String> words = new ArrayList<>();
        words.add(service(entry, true));
        boolean slashes = options.containsKey("cpm") || options.containsKey("per_source");
        boolean comma = !slashes && number(options, ModeWord.INSTANCES) > 0;
        words.add(type(entry) + (comma ? "," + options.get(ModeWord.INSTANCES) : ""));
        words.add(protocol(entry) + buffer(options, "sndbuf") + buffer(options, "rcvbuf"));
        int max = number(options, ModeWord.SERVICE_MAX);
        words.add(mode(entry) + (slashes ? "/" + number(options, ModeWord.INSTANCES) + "/" + number(options, "cpm") + "/"
                + number(options, "per_source") : max > 0 ? "." + max : ""));
        words.add(word(entry.identity().toString()));
        if (entry.isProgram()) {
            entry.arguments().forEach(argument -> words.add(word(argument)));
        } else {
            words.add("internal");
            words.add(word(entry.provider()));
            entry.arguments().forEach(argument -> words.add(word(argument)));
        }
        return String.join(" ", words);
    }

    private static String keyvalue(ServiceEntry entry) {
        List<String> settings = new ArrayList<>();
        settings.add("socktype = " + type(entry));
        settings.add("protocol = " + protocol(entry));
        settings.add("wait = " + (mode(entry).equals("wait") ? "yes" : "no"));
        settings.add("user = " + value(entry.identity().user()));
        entry.identity().group().ifPresent(group -> settings.add("group = " + value(group)));
        List<String> arguments = new ArrayList<>(entry.arguments());
        settings.add("exec = " + (entry.isProgram() ? value(arguments.remove(0)) : "internal"));
        if (!entry.isProgram()) {
            arguments.add(0, entry.provider());
        }
        settings.add("args = " + String.join(" ", arguments.stream().map(EntryWriter::value).toList()));
        new TreeMap<>(entry.options()).forEach((option, text) -> {
            if (!IN_NAME.contains(option)) {
                boolean words = text.matches("[^ ]+( [^ ]+)*");
                settings.add((option.equals("rcvbuf") ? "recvbuf" : option) + " = " + (words
                        ? String.join(" ", List.of(text.split(" ")).stream().map(EntryWriter::value).toList()) : value(text)));
            }
        });
        return service(entry, false) + " on\n\t" + String.join(",\n\t", settings) + ";";
    }

    private static String service(ServiceEntry entry, boolean withOwner) {
        Map<String, String> options = entry.options();
        String name = entry.name();
        if (entry.protocol().transport() == Transport.UNIX) {
            boolean owned = options.keySet().stream().anyMatch(option -> option.startsWith("socket_"));
            return word(!withOwner || !owned ? name : ":" + options.getOrDefault("socket_user", "") + ":"
                    + options.getOrDefault("socket_group", "") + ":" + options.getOrDefault("socket_mode", "") + ":" + name);
        }
        if (options.containsKey(ServiceWord.MUX)) {
            name = name.replaceFirst("/", options.get(ServiceWord.MUX).equals("plus") ? "/+" : "/");
        }
        String host = entry.address().indexOf(':') >= 0 ? "[" + entry.address() + "]" : entry.address();
        boolean needsHost = name.startsWith(".") || name.startsWith("#");
        return word(host.isEmpty() ? needsHost ? "*:" + name : name : host + ":" + name);
    }

    private static String type(ServiceEntry entry) {
        return entry.socketType() == SocketType.STREAM ? "stream" : "dgram";
    }

    private static String protocol(ServiceEntry entry) {
        return (entry.options().containsKey("rpc_program") ? "rpc/" : "") + entry.protocol().text();
    }

    /** As the family writes built-ins; they are served alike whatever it says. */
    private static String mode(ServiceEntry entry) {
        boolean wait = entry.isProgram() ? entry.mode() == org.switchboard.api.entry.Mode.WAIT
                : entry.socketType() == SocketType.DGRAM;
        return wait ? "wait" : "nowait";
    }

    private static String buffer(Map<String, String> options, String name) {
        return options.containsKey(name) ? "," + name + "=" + options.get(name) : "";
    }

    /** 0 where there is none. */
    private static int number(Map<String, String> options, String name) {
        String text = options.getOrDefault(name, "");
        return Word.isNumber(text) && text.length() <= 9 ? Integer.parseInt(text) : 0;
    }

    /** A word of columns: quoted in pieces where need be, since there are no escapes. */
    private static String word(String text) {
        if (!text.isEmpty() && text.chars().noneMatch(c -> c == ' ' || c == '\t' || SIGNS.indexOf(c) >= 0)) {
            return text;
        }
        StringBuilder word = new StringBuilder();
        int start = 0;
        while (start < text.length()) {
            char quote = text.charAt(start) == '"' ? '\'' : '"';
            int end = text.indexOf(quote, start);
            word.append(quote).append(text, start, end < 0 ? text.length() : end).append(quote);
            start = end < 0 ? text.length() : end;
        }
        return text.isEmpty() ? "\"\"" : word.toString();
    }

    /** A value of a key: quoted, with escapes, where need be. */
    private static String value(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> SEPARATORS.indexOf(c) >= 0 || SIGNS.indexOf(c) >= 0
                || c == '\\' || Character.isISOControl(c));
        if (plain) {
            return text;
        }
        StringBuilder value = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> value.append('\\').append(c);
                case '\n' -> value.append("\\n");
                case '\t' -> value.append("\\t");
                case '\r' -> value.append("\\r");
                default -> value.append(Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return value.append('"').toString();
    }
}
