package org.switchboard.access.internal.option;

import java.util.function.Consumer;
import org.switchboard.access.internal.request.Request;

/**
 * What {@code %} and a letter stand for. Whatever comes from outside is rid of everything that means something to a shell.
 *
 * <p>Source: hosts_access(5), % EXPANSIONS; {@code %r} and {@code %R} are Debian's.
 */
final class Expansion {

    private static final int LONGEST = 8192;
    private static final String HARMLESS = "!@%-_=+:,./";

    private final Request request;
    private final Consumer<String> complaints;

    Expansion(Request request, Consumer<String> complaints) {
        this.request = request;
        this.complaints = complaints;
    }

    /** @throws DeniedException if the result would be too long */
    String expand(String text) throws DeniedException, InterruptedException {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length()) {
                result.append(sanitised(value(text.charAt(++i))));
            } else {
                result.append(c);
            }
            if (result.length() >= LONGEST) {
                throw new DeniedException("expansion too long: " + result.substring(0, 30) + "...");
            }
        }
        return result.toString();
    }

    private String value(char letter) throws InterruptedException {
        return switch (letter) {
            case 'a' -> request.client().address();
            case 'A' -> request.server().address();
            case 'c' -> request.clientInfo();
            case 'd' -> request.daemon();
            case 'h' -> request.client().info();
            case 'H' -> request.server().info();
            case 'n' -> request.client().name();
            case 'N' -> request.server().name();
            case 'p' -> Long.toString(ProcessHandle.current().pid());
            case 'r' -> Integer.toString(request.client().port());
            case 'R' -> Integer.toString(request.server().port());
            case 's' -> request.serverInfo();
            case 'u' -> request.user();
            case '%' -> "%";
            default -> {
                complaints.accept("unrecognized %" + letter);
                yield "";
            }
        };
    }

    private static String sanitised(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean harmless = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || HARMLESS.indexOf(c) >= 0;
            clean.append(harmless ? c : '_');
        }
        return clean.toString();
    }
}
